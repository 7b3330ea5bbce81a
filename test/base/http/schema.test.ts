import t from 'tap'
import { Type as TypeBox } from 'typebox'
import { Type } from '../../../src/base/http/schema.ts'

t.test('our few words make the same schemas as the library whose types they have', t => {
  const schemas = (it: typeof Type) => [
    it.String(),
    it.String({ maxLength: 3, pattern: '^a' }),
    it.Literal('x'),
    it.Literal(7),
    it.Unknown(),
    it.Array(it.String(), { maxItems: 5 }),
    it.Union([it.String(), it.Array(it.Literal('x'))]),
    it.Record(it.String(), it.Unknown()),
    it.Object({}),
    it.Object({ a: it.String(), b: it.Optional(it.Array(it.String())) }, { additionalProperties: false }),
    it.Object({ b: it.Optional(it.Union([it.String(), it.Literal('y')])) }),
  ]
  const json = (all: unknown[]) => all.map(each => JSON.parse(JSON.stringify(each)))
  t.strictSame(json(schemas(Type)), json(schemas(TypeBox)))
  t.end()
})
