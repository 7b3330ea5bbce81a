// Numbers of a plan at work come by themselves; without JavaScript the page is loaded again every few seconds.
const place = document.querySelector('[data-follow]')
if (place) {
  const source = new EventSource(place.dataset.follow)
  const bar = place.querySelector('progress')
  source.addEventListener('message', ({ data }) => {
    const said = JSON.parse(data)
    for (const part of place.querySelectorAll('[data-said]')) part.textContent = said[part.dataset.said] ?? ''
    bar.value = said.share
  })
  source.addEventListener('over', () => {
    source.close()
    location.reload()
  })
  source.addEventListener('error', () => {
    source.close()
    setTimeout(() => location.reload(), 5000)
  })
}
