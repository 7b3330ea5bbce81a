import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { migrate } from '../base/db/migrate.ts'
import { type Db, openDatabase } from '../base/db/open.ts'

type Column = { table_name: string; column_name: string; type_name: string; nullable: boolean; generated: boolean }

const known: Record<string, string> = {
  text: 'string',
  uuid: 'string',
  int4: 'number',
  int8: 'number',
  float8: 'number',
  bool: 'boolean',
  numeric: 'string',
  timestamptz: 'DateTime',
  date: 'string',
  time: 'string',
  tstzrange: 'Span',
  jsonb: 'Json',
  xid8: 'string',
  _text: 'string[]',
  _uuid: 'string[]',
  _int4: 'number[]',
}

/** The types of all tables, printed from the migrated database: what the schema says, not what somebody remembers. */
export async function printTables(db: Db): Promise<string> {
  const { rows: columns } = await sql<Column>`
    select c.relname as table_name, a.attname as column_name, t.typname as type_name, not a.attnotnull as nullable,
      (a.atthasdef or a.attidentity <> '') as generated
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type t on t.oid = a.atttypid
    join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and c.relname not like 'kysely_%'
    order by c.relname, a.attnum`.execute(db)
  const { rows: labels } = await sql<{ type_name: string; label: string }>`
    select t.typname as type_name, e.enumlabel as label from pg_enum e join pg_type t on t.oid = e.enumtypid
    where t.typnamespace = 'public'::regnamespace order by t.typname, e.enumsortorder`.execute(db)
  const enums = Map.groupBy(labels, row => row.type_name)
  const lines = [
    '// Printed by `npm run tables` from the migrated database; a test compares.',
    "import type { ColumnType, Generated } from 'kysely'",
    "import type { DateTime, Span } from '../time.ts'",
    '',
    '/** Written as text, read as a value. */',
    'export type Json = ColumnType<unknown, string, string>',
  ]
  for (const [name, values] of enums)
    lines.push(`export type ${pascal(name)} = ${values.map(value => `'${value.label}'`).join(' | ')}`)
  lines.push('', 'export interface Tables {')
  for (const [table, its] of Map.groupBy(columns, column => column.table_name)) {
    lines.push(`  ${table}: {`)
    for (const column of its) {
      const type = known[column.type_name] ?? (enums.has(column.type_name) ? pascal(column.type_name) : undefined)
      if (!type) throw new Error(`${table}.${column.column_name}: no type for ${column.type_name}`)
      const whole = column.nullable ? `${type} | null` : type
      lines.push(`    ${column.column_name}: ${column.generated && type !== 'Json' ? `Generated<${whole}>` : whole}`)
    }
    lines.push('  }')
  }
  lines.push('}', '')
  return lines.join('\n')
}

const pascal = (name: string) => name.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase())

if (import.meta.main) {
  const database = await openDatabase({ memory: true })
  await migrate(database.db)
  writeFileSync(path.join(import.meta.dirname, '../base/db/tables.ts'), await printTables(database.db))
  await database.close()
}
