import type { Type as TypeBox } from 'typebox'

type Schema = Record<string, unknown>
const optional = Symbol('optional')
const of = (made: Schema, options?: Schema): Schema => ({ ...made, ...options })

const made = {
  String: (options?: Schema) => of({ type: 'string' }, options),
  Literal: (value: string | number, options?: Schema) => of({ type: typeof value, const: value }, options),
  Unknown: (options?: Schema) => of({}, options),
  Array: (items: Schema, options?: Schema) => of({ type: 'array', items }, options),
  Union: (anyOf: Schema[], options?: Schema) => of({ anyOf }, options),
  Record: (_: Schema, value: Schema, options?: Schema) =>
    of({ type: 'object', patternProperties: { '^.*$': value } }, options),
  Optional: (schema: Schema) => Object.defineProperty({ ...schema }, optional, { value: true }),
  Object: (properties: Record<string, Schema>, options?: Schema) => {
    const required = Object.keys(properties).filter(name => !(optional in (properties[name] ?? {})))
    return of({ type: 'object', ...(required.length > 0 ? { required } : {}), properties }, options)
  },
}

/**
 * The few words of TypeBox that our schemas are written in, with its types and its JSON. The library itself reads 370 modules
 * for them: a quarter of a second of each start, and 10 MB.
 */
export const Type = made as unknown as Pick<typeof TypeBox, keyof typeof made>
