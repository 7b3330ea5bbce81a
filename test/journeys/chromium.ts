/** The browser of the distribution; nothing is downloaded. */
export const executablePath = '/usr/bin/chromium'
export const arguments_ = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
