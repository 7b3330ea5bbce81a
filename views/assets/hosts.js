// The list of places follows what is typed. Without JavaScript the button beside the field does the same.
const q = document.getElementById('q')
const box = document.getElementById('found')
const said = document.getElementById('said')
let timer
const look = () => {
  clearTimeout(timer)
  timer = setTimeout(async () => {
    const text = q.value.trim()
    if (text.length < 2) return
    const answer = await fetch(box.dataset.hosts + encodeURIComponent(text)).catch(() => ({}))
    const list = answer.status === 200 && (await answer.text())
    // too late for what stands there now, or a new place is half written: the page stays as it is
    if (!list || text !== q.value.trim() || box.querySelector('[name=name]')?.value) return
    box.innerHTML = list
    said.textContent = box.firstElementChild.dataset.said
  }, 250)
}
q.addEventListener('input', look)
// on a slow line somebody has typed before this came
if (!box.firstElementChild) look()
