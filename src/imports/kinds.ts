import { hostLabels } from '../hosts/edit-text-pages.ts'
import { labelsOf } from '../speakers/edit-text-pages.ts'
import type { Labels } from './columns.ts'
import { hostColumns, hostKeys, hostNeeds, hostTemplate } from './host-columns.ts'
import { requestColumns, requestKeys, requestLabels, requestNeeds, requestTemplate } from './request-columns.ts'
import type { Column, ImportKind } from './rules.ts'
import { speakerColumns, speakerKeys, speakerNeeds, speakerTemplate } from './speaker-columns.ts'
import { words } from './words.ts'

type Kind = {
  columns: Column[]
  /** Without one of these nobody knows what a row is about. */
  keys: string[]
  /** What a new entry needs, each by one of several columns. */
  needs: string[][]
  template: string[]
  labels: Labels
}

/** What each kind of import reads. */
export const kinds: Record<ImportKind, Kind> = {
  speakers: {
    ...{ columns: speakerColumns, keys: speakerKeys, needs: speakerNeeds, template: speakerTemplate },
    labels: language => ({ ...labelsOf(language), name: words[language].name }),
  },
  hosts: {
    ...{ columns: hostColumns, keys: hostKeys, needs: hostNeeds, template: hostTemplate },
    labels: language => ({ ...hostLabels(language), name: words[language].hostName }),
  },
  requests: {
    ...{ columns: requestColumns, keys: requestKeys, needs: requestNeeds, template: requestTemplate },
    labels: requestLabels,
  },
}
