// A mouse paints half-hours by dragging; every box also works by itself.
let start, to, dragged
const box = it => it.matches?.('.halves input[type=checkbox]')
addEventListener('pointerdown', event => {
  start = event.pointerType === 'mouse' && event.button === 0 && box(event.target) ? event.target : undefined
  dragged = false
  if (start) to = !start.checked
})
addEventListener('pointerover', event => {
  if (!start || !(event.buttons & 1) || !box(event.target) || event.target === start) return
  dragged = true
  start.checked = event.target.checked = to
})
addEventListener('click', event => {
  if (dragged && box(event.target)) event.preventDefault()
  dragged = false
  start = undefined
}, true)
