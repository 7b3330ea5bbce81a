import { createPrivateKey } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { LogPlace } from './base/log-post.ts'
import type { Dkim } from './base/mail.ts'
import type { Provider } from './base/proofs/oidc.ts'
import type { Config } from './config.ts'

/** Takes up a mistake: whoever reads the settings tells all at once. */
type Refuse = (mistake: string) => void

export function dkimFrom(refuse: Refuse, domainName?: string, keySelector?: string, file?: string): Dkim | undefined {
  if (!domainName && !keySelector && !file) return
  if (!domainName || !keySelector || !file)
    return void refuse('DKIM_DOMAIN, DKIM_SELECTOR and DKIM_KEY_FILE belong together')
  if (!existsSync(file)) return void refuse(`DKIM_KEY_FILE: there is no file ${file}`)
  const privateKey = readFileSync(file, 'utf8')
  try {
    createPrivateKey(privateKey)
  } catch {
    return void refuse('DKIM_KEY_FILE holds no private key in PEM')
  }
  return { domainName, keySelector, privateKey }
}

export function providerFrom(
  refuse: Refuse,
  issuer?: string,
  clientId?: string,
  clientSecret?: string,
): Provider | undefined {
  if (!issuer && !clientId && !clientSecret) return
  if (!issuer || !clientId || !clientSecret)
    return void refuse('OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET belong together')
  return { issuer, clientId, clientSecret }
}

/** Beside an embedded database unless another place is named: what is not sealed is no more open there than the database. */
export function backupsIn(
  folder: string | undefined,
  databaseUrl: string | undefined,
  dataDir: string,
): string | undefined {
  if (folder) return path.resolve(folder)
  return databaseUrl ? undefined : path.join(path.resolve(dataDir), 'backups')
}

export function logPlace(refuse: Refuse, to?: string, certificate?: string): LogPlace | undefined {
  if (certificate && !to) return void refuse('LOG_CERT_FILE belongs to LOG_TO')
  if (certificate && !existsSync(certificate)) return void refuse(`LOG_CERT_FILE: there is no file ${certificate}`)
  if (!to) return
  const { hostname, port } = new URL(to)
  const identity = certificate ? readFileSync(certificate, 'utf8') : undefined
  return { host: hostname, port: Number(port || 6514), identity }
}

export function listenAt(refuse: Refuse, text: string | undefined): Config['replies']['listen'] {
  const [, protocol = 'lmtp', host = '', port = ''] = /^(?:(lmtp|smtp):\/\/)?([^:]+):(\d+)$/.exec(text ?? '') ?? []
  if (host === '') return
  if (Number(port) > 65_535) return void refuse('the port of LMTP_LISTEN must be at most 65535')
  return { protocol: protocol === 'smtp' ? 'smtp' : 'lmtp', host, port: Number(port) }
}

export function proxies(text: string): Config['trustProxy'] {
  if (text === '' || text === 'off') return false
  return text.split(',').map(part => part.trim())
}
