import type { HostValue } from '../hosts/edit-rules.ts'
import type { HostKind } from '../hosts/rules.ts'
import type { Entry } from '../requests/entry-rules.ts'
import type { SpeakerValue } from '../speakers/edit-rules.ts'
import type { Verdict } from './rules.ts'

/** A row with what became of it, and what an import of it would write. */
export type Judged<Write> = { line: number; verdict: Verdict; write: Write | undefined }

export type SpeakerWrite = { id: string | undefined; value: SpeakerValue; emailBefore: string | undefined }
export type HostWrite = { id: string | undefined; value: HostValue; shown: string[] }
export type Place = { id: string } | { key: string; kind: HostKind; name: string; district: string }
export type RequestWrite = Omit<Entry, 'source' | 'host'> & {
  place: Place
  language: 'kk' | 'ru' | 'en'
  ownNumber: string | undefined
}
export type Judgement =
  | { kind: 'speakers'; judged: Judged<SpeakerWrite>[] }
  | { kind: 'hosts'; judged: Judged<HostWrite>[] }
  | { kind: 'requests'; judged: Judged<RequestWrite>[] }
