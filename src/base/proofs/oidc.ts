import type { Configuration } from 'openid-client'

const library = () => import('openid-client')

export type Provider = { issuer: string; clientId: string; clientSecret: string }
/** What a browser keeps until it comes back. */
export type Journey = { state: string; nonce: string; verifier: string }
export type Identity = { issuer: string; subject: string }

let known: { provider: Provider; found: Promise<Configuration> } | undefined

/** The provider as it describes itself, read once; after a failure the next one who asks tries again. */
async function discovered(provider: Provider): Promise<Configuration> {
  if (known?.provider === provider) return known.found
  const { discovery, ClientSecretBasic, allowInsecureRequests, enableNonRepudiationChecks } = await library()
  const insecure = provider.issuer.startsWith('http:')
  const found = discovery(new URL(provider.issuer), provider.clientId, {}, ClientSecretBasic(provider.clientSecret), {
    timeout: 5,
    // the signature of a token as well: the library is content with the line it came by
    execute: [enableNonRepudiationChecks, ...(insecure ? [allowInsecureRequests] : [])],
  })
  known = { provider, found }
  found.catch(() => {
    if (known?.found === found) known = undefined
  })
  return found
}

/** Where the browser goes to sign in there, and what it must bring back (PKCE, state, nonce). */
export async function setOut(provider: Provider, redirect: string): Promise<{ address: string; journey: Journey }> {
  const { randomState, randomNonce, randomPKCECodeVerifier, calculatePKCECodeChallenge, buildAuthorizationUrl } =
    await library()
  const config = await discovered(provider)
  const journey = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() }
  const url = buildAuthorizationUrl(config, {
    redirect_uri: redirect,
    scope: 'openid',
    response_type: 'code',
    state: journey.state,
    nonce: journey.nonce,
    code_challenge: await calculatePKCECodeChallenge(journey.verifier),
    code_challenge_method: 'S256',
  })
  return { address: url.href, journey }
}

/** Who came back, by issuer and subject alone; undefined when the answer is not one to this journey. */
export async function comeBack(
  provider: Provider,
  address: URL,
  { state, nonce, verifier }: Journey,
): Promise<Identity | undefined> {
  const { authorizationCodeGrant, ClientError, ResponseBodyError, AuthorizationResponseError } = await library()
  const config = await discovered(provider)
  try {
    const tokens = await authorizationCodeGrant(config, address, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    })
    const claims = tokens.claims()
    return claims && { issuer: claims.iss, subject: claims.sub }
  } catch (error) {
    if (
      error instanceof ResponseBodyError ||
      error instanceof AuthorizationResponseError ||
      (error instanceof ClientError && error.code !== 'OAUTH_TIMEOUT')
    )
      return
    throw error
  }
}
