import { AsyncLocalStorage } from 'node:async_hooks'
import { type KyselyPlugin, OperationNodeTransformer, type PrimitiveValueListNode, type ValueNode } from 'kysely'
import { written } from './values.ts'

export const inside = new AsyncLocalStorage<true>()

/**
 * PGlite has one connection: a query on the outer handle inside a transaction would wait for ever, and on PostgreSQL it
 * would silently leave the transaction. So it is an error on both.
 */
export function refuseInside(what: string): void {
  if (inside.getStore())
    throw new Error(`${what} inside a transaction does not go through it: use the handle that transact() gave`)
}

/** Only the outer handle carries it. */
export const guard: KyselyPlugin = {
  transformQuery: ({ node }) => {
    refuseInside('a query')
    return node
  },
  transformResult: async ({ result }) => result,
}

class Writer extends OperationNodeTransformer {
  protected override transformValue(node: ValueNode): ValueNode {
    return { ...super.transformValue(node), value: written(node.value) }
  }
  protected override transformPrimitiveValueList(node: PrimitiveValueListNode): PrimitiveValueListNode {
    return { ...super.transformPrimitiveValueList(node), values: node.values.map(written) }
  }
}

const writer = new Writer()

/** DateTime and Span as parameters. */
export const parameters: KyselyPlugin = {
  transformQuery: ({ node }) => writer.transformNode(node),
  transformResult: async ({ result }) => result,
}
