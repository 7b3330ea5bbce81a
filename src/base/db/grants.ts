import { sql } from 'kysely'
import type { Db } from './open.ts'

/** What is added to by functions of the owner alone. */
export const readOnly = ['journal', 'journal_heads', 'kysely_migration', 'kysely_migration_lock']

type Found = { schema: string; name: string; kind: 'table' | 'sequence' | 'function' }

/**
 * Statements after which this role may do all that the web and worker processes do, and neither change nor take away a row of
 * the journal, its head or its triggers. Made from what the database has, so a new table is in it; to be run by the owner after
 * each migration, as often as one likes.
 */
export async function grantsFor(db: Db, role: string): Promise<string> {
  const { rows: found } = await sql<Found>`
    select n.nspname as schema, quote_ident(c.relname) as name, case c.relkind when 'S' then 'sequence' else 'table' end as kind
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('public', 'pgboss') and c.relkind in ('r', 'p', 'v', 'S')
    union all
    select n.nspname, quote_ident(p.proname) || '(' || pg_get_function_identity_arguments(p.oid) || ')', 'function'
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname = 'pgboss' or (n.nspname = 'public' and p.proname = 'write_journal')
    order by 1, 3, 2`.execute(db)
  const { rows: names } = await sql<{ role: string; base: string }>`
    select quote_ident(${role}) as role, quote_ident(current_database()) as base`.execute(db)
  const { role: whom = '', base = '' } = names[0] ?? {}
  const schemas = [...new Set(found.map(({ schema }) => schema))]
  return [
    'begin;',
    'do $$ begin',
    `  if not exists (select from pg_roles where rolname = ${literal(role)}) then create role ${whom} login; end if;`,
    `  if (select rolsuper from pg_roles where rolname = ${literal(role)})`,
    `      or pg_has_role(${literal(role)}, (select relowner from pg_class where oid = 'public.journal'::regclass), 'member') then`,
    `    raise exception 'this role owns the journal or may do everything: choose another';`,
    '  end if;',
    'end $$;',
    `grant connect, temporary on database ${base} to ${whom};`,
    ...schemas.flatMap(schema => [
      `revoke all on all tables in schema ${schema} from ${whom};`,
      `revoke create on schema ${schema} from ${whom};`,
      `grant usage on schema ${schema} to ${whom};`,
    ]),
    ...found.map(one => `grant ${rightsTo(one)} on ${one.kind} ${one.schema}.${one.name} to ${whom};`),
    'commit;',
    '',
  ].join('\n')
}

function rightsTo({ schema, name, kind }: Found): string {
  if (kind === 'sequence') return 'usage, select'
  if (kind === 'function') return 'execute'
  return schema === 'public' && readOnly.includes(name) ? 'select' : 'select, insert, update, delete'
}

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`
