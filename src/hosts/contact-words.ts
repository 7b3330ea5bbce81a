import { trilingual } from '../base/i18n/trilingual.ts'

/** Texts of how a contact person wants to be told. */
export const words = trilingual({
  kk: {
    parts: {
      channel: 'Қалай хабарлаймыз',
      days: 'Неше күн бұрын (0: керек емес)',
      at: 'Алдыңғы күні, сағаты',
      hours: 'Неше сағат бұрын (0: керек емес)',
    },
    reminders: 'Еске салу',
    remindersHint: 'Бос қалса, Достық үйінің реті қолданылады. Алдыңғы күннің сағаты: 07:00–21:00.',
    said: {
      days: (days: number) => (days === 0 ? 'бірнеше күн бұрын: жоқ' : `${days} күн бұрын`),
      at: (at: string) => `алдыңғы күні ${at}`,
      hours: (hours: number) => (hours === 0 ? 'кездесу күні: жоқ' : `${hours} сағат бұрын`),
    },
  },
  ru: {
    parts: {
      channel: 'Как сообщать',
      days: 'За сколько дней (0: не нужно)',
      at: 'Накануне в',
      hours: 'За сколько часов (0: не нужно)',
    },
    reminders: 'Напоминания',
    remindersHint: 'Пустое поле: как принято в Доме дружбы. Время накануне: 07:00–21:00.',
    said: {
      days: (days: number) => (days === 0 ? 'за несколько дней: нет' : `дней до встречи: ${days}`),
      at: (at: string) => `накануне в ${at}`,
      hours: (hours: number) => (hours === 0 ? 'в день встречи: нет' : `часов до встречи: ${hours}`),
    },
  },
  en: {
    parts: {
      channel: 'How we tell them',
      days: 'Days before (0: none)',
      at: 'The day before at',
      hours: 'Hours before (0: none)',
    },
    reminders: 'Reminders',
    remindersHint: 'Empty: as the House does it. The hour of the day before: 07:00–21:00.',
    said: {
      days: (days: number) => (days === 0 ? 'some days before: none' : `days before: ${days}`),
      at: (at: string) => `the day before at ${at}`,
      hours: (hours: number) => (hours === 0 ? 'on the day: none' : `hours before: ${hours}`),
    },
  },
})
