import { isIP } from 'node:net'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'

const library = () => import('@simplewebauthn/server')

/** A key as it is kept. */
export type Passkey = { id: string; publicKey: string; counter: number; transports: string[] }
export type NewPasskey = Passkey

/**
 * For which name keys are made and from which address they are used. A browser makes none for a bare number; what runs
 * on this machine has the name localhost.
 */
export function siteOfKeys(publicUrl: string): { id: string; origin: string } | undefined {
  const url = new URL(publicUrl)
  const bare = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(bare) === 0) return { id: url.hostname, origin: url.origin }
  if (!bare.startsWith('127.') && bare !== '::1') return
  url.hostname = 'localhost'
  return { id: 'localhost', origin: url.origin }
}

type Ours = { id: string; origin: string }
type Asked = { challenge: string; keys: Pick<Passkey, 'id' | 'transports'>[] }

/** What a browser needs to make a key for this person: one that asks its owner each time, and none that they have. */
export async function askForNew(
  ours: Ours,
  person: { id: string; email: string; name: string; house: string },
  { challenge, keys }: Asked,
) {
  const { generateRegistrationOptions } = await library()
  return generateRegistrationOptions({
    rpName: person.house,
    rpID: ours.id,
    userID: Uint8Array.from(Buffer.from(person.id)),
    userName: person.email,
    userDisplayName: person.name,
    challenge: Uint8Array.from(Buffer.from(challenge, 'base64url')),
    attestationType: 'none',
    excludeCredentials: keys,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    timeout: 300_000,
  })
}

/** What a browser needs to use a key; without keys named its owner chooses. */
export async function askForProof(ours: Ours, { challenge, keys }: Asked) {
  const { generateAuthenticationOptions } = await library()
  return generateAuthenticationOptions({
    rpID: ours.id,
    challenge: Uint8Array.from(Buffer.from(challenge, 'base64url')),
    ...(keys.length > 0 ? { allowCredentials: keys } : {}),
    userVerification: 'required',
    timeout: 300_000,
  })
}

/** The new key in an answer of a browser, or undefined when it is none for this challenge and this site. */
export async function newKeyIn(ours: Ours, challenge: string, answer: string): Promise<NewPasskey | undefined> {
  const { verifyRegistrationResponse } = await library()
  const response = parsed<RegistrationResponseJSON>(answer)
  if (!response) return
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: ours.origin,
      expectedRPID: ours.id,
      requireUserVerification: true,
    })
    if (!verified) return
    const { credential } = registrationInfo
    return {
      id: credential.id,
      publicKey: Buffer.from(credential.publicKey).toString('base64url'),
      counter: credential.counter,
      transports: (credential.transports ?? []).filter(it => /^[a-z-]{2,20}$/.test(it)).slice(0, 8),
    }
  } catch {
    return
  }
}

/** Which key an answer says it was given with. */
export const keyNamedIn = (answer: string): string | undefined => parsed<AuthenticationResponseJSON>(answer)?.id

/** The key's counter after a genuine answer; undefined when it is not, or when the counter went back: a copy of the key. */
export async function provedBy(
  ours: Ours,
  challenge: string,
  answer: string,
  key: Passkey,
): Promise<number | undefined> {
  const { verifyAuthenticationResponse } = await library()
  const response = parsed<AuthenticationResponseJSON>(answer)
  if (!response) return
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: ours.origin,
      expectedRPID: ours.id,
      requireUserVerification: true,
      credential: {
        id: key.id,
        publicKey: Uint8Array.from(Buffer.from(key.publicKey, 'base64url')),
        counter: key.counter,
      },
    })
    return verified ? authenticationInfo.newCounter : undefined
  } catch {
    return
  }
}

function parsed<Answer>(text: string): Answer | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'
      ? (value as Answer)
      : undefined
  } catch {
    return
  }
}
