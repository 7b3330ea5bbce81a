import type { CancelReason } from '../base/db/tables.ts'
import { trilingual } from '../base/i18n/trilingual.ts'

/** Why a talk is off, in the same words on pages and in letters; never of a person (domain.md section 13). */
export const words = trilingual<Record<CancelReason, string>>({
  kk: {
    weather: 'ауа райы',
    illness: 'ауру',
    timetable: 'сабақ кестесі',
    host: 'ұйымның өтініші',
    speaker: 'дәріскер келе алмайды',
    other: 'басқа себеп',
  },
  ru: {
    weather: 'погода',
    illness: 'болезнь',
    timetable: 'расписание',
    host: 'просьба организации',
    speaker: 'лектор не сможет прийти',
    other: 'другая причина',
  },
  en: {
    weather: 'weather',
    illness: 'illness',
    timetable: 'timetable',
    host: 'wish of the host',
    speaker: 'a speaker cannot come',
    other: 'another reason',
  },
})
