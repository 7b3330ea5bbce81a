import { trilingual } from '../base/i18n/trilingual.ts'

/** A merge that can still be taken back. */
export const words = trilingual({
  kk: {
    title: 'Біріктірілген жазбалар',
    undo: 'Қайта бөлу',
    until: (date: string) => `Қайта бөлуге болады, соңғы күні: ${date}`,
    merged: (date: string, by: string) => `Біріктірілген күні: ${date}. ${by}`,
    hint: 'Өтінімдер, кездесулер мен жауапты тұлғалар бұрынғы жазбасына қайтады.',
    done: 'Жазбалар қайта бөлінді',
    grown: 'Қайта бөлу мүмкін емес: біріктіргеннен кейін мыналар қосылды. Олардың қай жазбаға тиесілі екені белгісіз.',
    request: (number: string) => `Өтінім: ${number}`,
    talk: 'Кездесу',
    contact: (name: string) => `Жауапты тұлға: ${name}`,
  },
  ru: {
    title: 'Объединённые записи',
    undo: 'Разделить снова',
    until: (date: string) => `Разделить можно, последний день: ${date}`,
    merged: (date: string, by: string) => `Дата объединения: ${date}. ${by}`,
    hint: 'Заявки, встречи и ответственные лица вернутся в прежнюю запись.',
    done: 'Записи снова разделены',
    grown: 'Разделить нельзя: после объединения добавилось следующее. Неизвестно, к какой записи это относится.',
    request: (number: string) => `Заявка: ${number}`,
    talk: 'Встреча',
    contact: (name: string) => `Ответственное лицо: ${name}`,
  },
  en: {
    title: 'Merged entries',
    undo: 'Part again',
    until: (date: string) => `May be parted, last day: ${date}`,
    merged: (date: string, by: string) => `Merged on ${date}. ${by}`,
    hint: 'Requests, talks and contact persons go back to their former entry.',
    done: 'The entries are two again',
    grown: 'They cannot be parted: since the merge these were added. Nobody knows to which entry they belong.',
    request: (number: string) => `Request: ${number}`,
    talk: 'Talk',
    contact: (name: string) => `Contact person: ${name}`,
  },
})
export type MergeWords = (typeof words)['kk']
