import type { FastifyInstance, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import type { Form } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import { Type } from '../base/http/schema.ts'
import { turns } from '../base/turns.ts'
import { words as tellWords } from '../messages/tell-words.ts'
import { type Fields, type noteFrom, textOf } from './form-rules.ts'
import { shownOf } from './undo-rules.ts'

/** Any form: each field one value, or a list where it is repeated; what is wrong with one is told beside it. */
const AnyForm = Type.Optional(
  Type.Record(
    Type.String(),
    Type.Union([Type.String({ maxLength: 2000 }), Type.Array(Type.String({ maxLength: 2000 }), { maxItems: 40 })]),
  ),
)
export const OfTalk = { params: Type.Object({ id: Type.String() }), body: AnyForm }
export const OfRequest = { params: Type.Object({ number: Type.String() }), body: AnyForm }

const queues = new WeakMap<Db, ReturnType<typeof turns>>()

/** Four of what locks people at a time: that leaves connections for everybody who only reads. */
export function inTurn<T>(db: Db, work: () => Promise<T>): Promise<T> {
  const queue = queues.get(db) ?? turns(4)
  queues.set(db, queue)
  return queue(work)
}

export const noteErrors = (request: FastifyRequest, said: ReturnType<typeof noteFrom>, field = 'note') =>
  'mistake' in said ? [{ field, text: tellWords[request.language].mistakes[said.mistake] }] : []

/** Who changes which talk by this form, and where it leads. */
export function revision(app: FastifyInstance, request: FastifyRequest, talkId: string, fields: Fields) {
  const { houseId, accountId } = actorOf(request)
  return {
    by: { houseId, accountId, whom: 'account' as const },
    talkId,
    location: `/app/talks/${talkId}?done=1`,
    shown: shownOf(textOf(fields, 'version')),
    form: formOf(app, request, fields),
  }
}

export function formOf(app: FastifyInstance, request: FastifyRequest, { _key, ...body }: Fields): Form {
  return {
    key: typeof _key === 'string' ? _key : undefined,
    url: request.url,
    by: actorOf(request).accountId,
    body,
    now: app.now(),
  }
}
