let stop = () => {}
let asked = false
// before the planner itself is read, which takes longer than a key: whoever interrupts then has a plan, too
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    asked = true
    stop()
  })

const { plan } = await import('./plan/command.ts')
await plan(process.argv.slice(2), cancel => {
  stop = cancel
  if (asked) cancel()
})
