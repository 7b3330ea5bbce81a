// Keys and typed passwords. Without JavaScript none of these buttons is there: letters and codes of an app do the same work.
const bytes = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), letter => letter.charCodeAt(0))
const text = buffer =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')
const named = keys => keys?.map(key => ({ ...key, id: bytes(key.id) }))

async function answerTo(asked) {
  const publicKey = { ...asked, challenge: bytes(asked.challenge) }
  if (!asked.user) {
    if (asked.allowCredentials) publicKey.allowCredentials = named(asked.allowCredentials)
    const { id, type, response } = await navigator.credentials.get({ publicKey })
    return {
      id,
      rawId: id,
      type,
      clientExtensionResults: {},
      response: {
        clientDataJSON: text(response.clientDataJSON),
        authenticatorData: text(response.authenticatorData),
        signature: text(response.signature),
        userHandle: response.userHandle ? text(response.userHandle) : undefined,
      },
    }
  }
  publicKey.user = { ...asked.user, id: bytes(asked.user.id) }
  publicKey.excludeCredentials = named(asked.excludeCredentials)
  const { id, type, response } = await navigator.credentials.create({ publicKey })
  return {
    id,
    rawId: id,
    type,
    clientExtensionResults: {},
    response: {
      clientDataJSON: text(response.clientDataJSON),
      attestationObject: text(response.attestationObject),
      transports: response.getTransports?.() ?? [],
    },
  }
}

for (const form of document.querySelectorAll('form[data-question]')) {
  const failed = form.querySelector('[role="alert"]')
  const tell = sentence => {
    failed.textContent = sentence
    failed.hidden = false
  }
  form.addEventListener('submit', async event => {
    event.preventDefault()
    failed.hidden = true
    if (!window.PublicKeyCredential) return tell(form.dataset.unable)
    const button = form.querySelector('button')
    button.disabled = true
    try {
      const asked = await fetch(form.dataset.question, {
        method: 'POST',
        body: new URLSearchParams({ _csrf: form.elements._csrf.value }),
      })
      if (!asked.ok) throw new Error(asked.statusText)
      form.elements.answer.value = JSON.stringify(await answerTo(await asked.json()))
      form.submit()
    } catch {
      tell(form.dataset.failed)
    } finally {
      button.disabled = false
    }
  })
}

for (const button of document.querySelectorAll('[data-reveal]')) {
  const field = document.getElementById(button.dataset.reveal)
  const [show, hide] = [button.textContent, button.dataset.hide]
  button.hidden = false
  button.addEventListener('click', () => {
    const shown = field.type === 'password'
    field.type = shown ? 'text' : 'password'
    button.textContent = shown ? hide : show
    button.setAttribute('aria-pressed', String(shown))
  })
}
