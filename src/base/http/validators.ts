import compilers from '@fastify/ajv-compiler'

type Judge = { (input: unknown): unknown; errors?: unknown }

/**
 * Schemas are compiled when their route is first asked, not at start: there are some five hundred of them, which is a third of a second
 * and 20 MB for routes that a process may never serve.
 */
export function lazyValidators(): ReturnType<typeof compilers> {
  const build = compilers()
  return (...given) => {
    const compile = build(...given)
    return ((schema, meta) => {
      let judge: Judge | undefined
      const ask: Judge = input => {
        judge ??= compile(schema, meta) as Judge
        const verdict = judge(input)
        ask.errors = judge.errors
        return verdict
      }
      return ask
    }) as typeof compile
  }
}
