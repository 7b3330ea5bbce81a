// Letters and codes do without.
const bytes = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), letter => letter.charCodeAt(0))
const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '')
const named = key => ({ ...key, id: bytes(key.id) })

async function answerTo(asked) {
  const publicKey = { ...asked, challenge: bytes(asked.challenge) }
  for (const keys of ['allowCredentials', 'excludeCredentials']) publicKey[keys] = asked[keys]?.map(named)
  if (asked.user) publicKey.user = named(asked.user)
  const { id, type, response } = await navigator.credentials[asked.user ? 'create' : 'get']({ publicKey })
  const said = { transports: response.getTransports?.() }
  for (const part of ['clientDataJSON', 'authenticatorData', 'signature', 'userHandle', 'attestationObject'])
    if (response[part]) said[part] = text(response[part])
  return { id, rawId: id, type, clientExtensionResults: {}, response: said }
}

for (const form of document.querySelectorAll('form[data-question]'))
  form.addEventListener('submit', async event => {
    event.preventDefault()
    const failed = form.querySelector('.err')
    const { _csrf, answer } = form.elements
    failed.hidden = true
    try {
      const body = new URLSearchParams({ _csrf: _csrf.value })
      const asked = await (await fetch(form.dataset.question, { method: 'POST', body })).json()
      answer.value = JSON.stringify(await answerTo(asked))
      form.submit()
    } catch {
      failed.hidden = false
    }
  })

for (const button of document.querySelectorAll('[data-reveal]')) {
  button.hidden = false
  button.addEventListener('click', () => {
    const field = document.getElementById(button.dataset.reveal)
    const shown = field.type === 'password'
    field.type = shown ? 'text' : 'password'
    button.setAttribute('aria-pressed', shown)
    const { hide } = button.dataset
    button.dataset.hide = button.textContent
    button.textContent = hide
  })
}

document.getElementById('errs')?.focus()
