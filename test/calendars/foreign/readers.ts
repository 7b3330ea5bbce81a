import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import ICAL from 'ical.js'
import nodeIcal from 'node-ical'
import { lacking } from '../programs.ts'

/** An event as every reader must find it. */
export type Read = { uid: string; from: string; to: string; summary: string; status: string; sequence: number }
/** Reads files; for each the events in the order of their UIDs. */
export type Reader = (files: string[]) => Read[][]

const here = import.meta.dirname
// Debian's own Python: another one doesn't see Debian's modules
const python = '/usr/bin/python3'

const knows = (module: string): boolean => {
  try {
    execFileSync(python, ['-I', '-c', `import ${module}`], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** What keeps a reader from running here; nothing does. */
export const hindrance: Record<string, () => string | false> = {
  icalendar: () => lacking('python3-icalendar', knows('icalendar')),
  vobject: () => lacking('python3-vobject', knows('vobject')),
  libical: () =>
    lacking(
      'gcc libc6-dev libical-dev',
      ['/usr/include/libical/ical.h', '/usr/include/stdio.h', '/usr/bin/gcc'].every(file => existsSync(file)),
    ),
}

export const readers: Record<string, Reader> = {
  // isolated, or the script would import itself: it has the name of the module
  icalendar: files => rowsOf(python, ['-I', path.join(here, 'icalendar.py')], files),
  vobject: files => rowsOf(python, ['-I', path.join(here, 'vobject.py')], files),
  libical: files => {
    const folder = mkdtempSync(path.join(tmpdir(), 'kezdesu-libical-'))
    try {
      const program = path.join(folder, 'read')
      execFileSync('/usr/bin/gcc', ['-Wall', '-Werror', '-o', program, path.join(here, 'libical.c'), '-lical'])
      return rowsOf(program, [], files)
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
  'ical.js': files => files.map(file => inOrder(byIcalJs(file))),
  'node-ical': files => files.map(file => inOrder(byNodeIcal(file))),
}

/** One process for all files: each start costs more than the reading. */
function rowsOf(program: string, words: string[], files: string[]): Read[][] {
  const folder = mkdtempSync(path.join(tmpdir(), 'kezdesu-read-'))
  try {
    const paths = files.map((file, index) => {
      const name = path.join(folder, `${index}.ics`)
      writeFileSync(name, file)
      return name
    })
    return execFileSync(program, [...words, ...paths], { encoding: 'utf8', env: { TZ: 'America/New_York' } })
      .trimEnd()
      .split('\n')
      .map(line => inOrder(JSON.parse(line) as Read[]))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

export const inOrder = (events: Read[]): Read[] => events.toSorted((a, b) => (a.uid < b.uid ? -1 : 1))

const second = (date: Date): string => date.toISOString().replace('.000Z', 'Z')

function byIcalJs(file: string): Read[] {
  const calendar = new ICAL.Component(ICAL.parse(file))
  // the zones of this file and no others: what another file said of Almaty must not help here
  ICAL.TimezoneService.reset()
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone)
  return calendar.getAllSubcomponents('vevent').map(component => {
    const event = new ICAL.Event(component, { exceptions: [] })
    return {
      uid: event.uid,
      from: second(event.startDate.toJSDate()),
      to: second(event.endDate.toJSDate()),
      summary: event.summary,
      status: String(component.getFirstPropertyValue('status')),
      sequence: event.sequence,
    }
  })
}

function byNodeIcal(file: string): Read[] {
  return Object.values(nodeIcal.sync.parseICS(file)).flatMap(event =>
    event?.type === 'VEVENT'
      ? [
          {
            uid: event.uid,
            from: second(event.start),
            to: second(event.end ?? event.start),
            summary: String(event.summary),
            status: String(event.status),
            sequence: Number(event.sequence),
          },
        ]
      : [],
  )
}
