// Leaves at once, and nothing of this page stays behind in the window's history. Without JavaScript the link simply leads away.
const away = document.querySelector('[data-leave]')
const leave = () => {
  document.documentElement.hidden = true
  location.replace(away.href)
}
let last = -Infinity
away?.addEventListener('click', event => {
  event.preventDefault()
  leave()
})
document.addEventListener('keydown', event => {
  if (event.key !== 'Escape' || event.repeat) return
  if (event.timeStamp - last < 1500) leave()
  last = event.timeStamp
})
