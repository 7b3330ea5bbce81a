import { sql } from 'kysely'
import type { Db } from '../../src/base/db/open.ts'

type Link = { from: string; columns: string[]; to: string; refs: string[] }
type Line = { table: string; row: Record<string, unknown>; text: string }

const linksOf = async (db: Db): Promise<Link[]> => {
  const { rows } = await sql<{ from: string; columns: string[]; to: string; refs: string[] }>`
    select c.conrelid::regclass::text as "from", c.confrelid::regclass::text as "to",
      array(select a.attname::text from unnest(c.conkey) with ordinality k(n, o)
        join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.n order by o) as columns,
      array(select a.attname::text from unnest(c.confkey) with ordinality k(n, o)
        join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.n order by o) as refs
    from pg_constraint c where c.contype = 'f' and c.connamespace = 'public'::regnamespace`.execute(db)
  return rows
}

async function linesOf(db: Db): Promise<Line[]> {
  const { rows: tables } = await sql<{ name: string }>`select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(db)
  const lines: Line[] = []
  for (const { name } of tables) {
    const { rows } = await sql<{
      row: Record<string, unknown>
    }>`select to_jsonb(t) as row from ${sql.table(name)} t`.execute(db)
    for (const { row } of rows) lines.push({ table: name, row, text: JSON.stringify(row) })
  }
  return lines
}

/** Which House each row of the database belongs to: its own `house_id`, or that of a row it hangs on. */
async function owners(db: Db): Promise<{ lines: Line[]; owner: Map<Line, Set<string>>; links: Link[] }> {
  const [lines, links] = [await linesOf(db), await linksOf(db)]
  const owner = new Map<Line, Set<string>>(lines.map(line => [line, new Set()]))
  const keyOf = (table: string, columns: string[], values: unknown[]) => `${table} ${columns} ${JSON.stringify(values)}`
  for (const line of lines) {
    const id = line.table === 'houses' ? line.row['id'] : line.row['house_id']
    if (typeof id === 'string') owner.get(line)?.add(id)
  }
  for (let changed = true; changed; ) {
    changed = false
    const known = new Map<string, Set<string>>()
    for (const link of links)
      for (const line of lines)
        if (line.table === link.to)
          known.set(
            keyOf(
              link.to,
              link.refs,
              link.refs.map(column => line.row[column]),
            ),
            owner.get(line) ?? new Set(),
          )
    for (const line of lines) {
      const mine = owner.get(line) ?? new Set()
      // an account may be at home in several Houses; its rows say which
      if (typeof line.row['house_id'] === 'string' || line.table === 'houses') continue
      for (const link of links.filter(({ from }) => from === line.table)) {
        const its = known.get(
          keyOf(
            link.to,
            link.refs,
            link.columns.map(column => line.row[column]),
          ),
        )
        for (const house of its ?? [])
          if (!mine.has(house)) {
            mine.add(house)
            changed = true
          }
      }
    }
  }
  return { lines, owner, links }
}

/** All rows of a House, each as one line of text, in order. */
export async function rowsOfHouse(db: Db, house: string): Promise<string[]> {
  const { lines, owner } = await owners(db)
  return lines
    .filter(line => owner.get(line)?.has(house))
    .map(({ table, text }) => `${table} ${text}`)
    .sort()
}

/** Rows that lead from one House to another; there are to be none. */
export async function rowsBetweenHouses(db: Db): Promise<string[]> {
  const { lines, owner, links } = await owners(db)
  const found: string[] = []
  for (const link of links) {
    if (link.to === 'houses' || link.to === 'accounts') continue
    const known = new Map(
      lines
        .filter(({ table }) => table === link.to)
        .map(line => [JSON.stringify(link.refs.map(column => line.row[column])), owner.get(line)]),
    )
    for (const line of lines.filter(({ table }) => table === link.from)) {
      const its = known.get(JSON.stringify(link.columns.map(column => line.row[column])))
      const mine = owner.get(line)
      if (!its || !mine || its.size === 0 || mine.size === 0) continue
      if (mine.size > 1 || ![...its].every(house => mine.has(house)))
        found.push(`${line.table}.${link.columns} → ${link.to}: ${line.text.slice(0, 200)}`)
    }
  }
  return found
}
