/** SQLSTATE of an error of either database; PGlite has an error class of its own, so `instanceof` says nothing. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return
  return typeof error.code === 'string' ? error.code : undefined
}

/** Name of the constraint that said no (class 23), the sentence it is called by in the schema. */
export function brokenConstraint(error: unknown): string | undefined {
  if (!codeOf(error)?.startsWith('23')) return
  if (typeof error !== 'object' || error === null || !('constraint' in error)) return
  return typeof error.constraint === 'string' ? error.constraint : undefined
}

/** The database is away, restarting, too busy or out of room: the same request may succeed in a while. */
export function isAway(error: unknown): boolean {
  const code = codeOf(error)
  if (code === undefined)
    return (
      error instanceof Error &&
      /timeout exceeded when trying to connect|Connection terminated|connection error and is not queryable/i.test(
        error.message,
      )
    )
  return /^(57P0[1-4]|57014|55P03|53\w{3}|08\w{3}|40001|40P01|ECONNREFUSED|ECONNRESET|ENOTFOUND|EPIPE|ETIMEDOUT)$/.test(
    code,
  )
}

/** The server answers, and knows no such database or person, or not this password (28P01, 3D000). */
export const isUnknownThere = (error: unknown): error is Error =>
  error instanceof Error && /^(28\w{3}|3D000)$/.test(codeOf(error) ?? '')
