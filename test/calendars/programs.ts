/** Why a test must be skipped whose program isn't here; where everything must be proved (CI) a missing program is a fault. */
export function lacking(packages: string, isThere: boolean): string | false {
  if (isThere) return false
  if (process.env['CI']) throw new Error(`CI must have ${packages}`)
  return `install ${packages} to run this`
}
