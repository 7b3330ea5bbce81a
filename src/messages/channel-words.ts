import { trilingual } from '../base/i18n/trilingual.ts'
import type { Channel } from './channel-rules.ts'

type Channels = Record<Channel, string>

/** Texts of a person's choice between letters and short messages. */
export const words = trilingual({
  kk: {
    legend: 'Қалай хабарлаймыз',
    hint: 'Еске салулар тек қысқа хабармен келеді; шақырулар мен өзгерістер хатпен де келеді.',
    channels: { mail: 'Хаттар', webhook: 'Қысқа хабарлар және хаттар' } satisfies Channels,
    phone: 'Телефон',
    phoneWrong: 'Телефонды мына үлгімен жазыңыз: +7\u00a0701\u00a0123\u00a045\u00a067',
  },
  ru: {
    legend: 'Как сообщать вам',
    hint: 'Напоминания приходят только коротким сообщением; приглашения и изменения приходят и письмом.',
    channels: { mail: 'Письма', webhook: 'Короткие сообщения и письма' } satisfies Channels,
    phone: 'Телефон',
    phoneWrong: 'Напишите телефон по образцу: +7\u00a0701\u00a0123\u00a045\u00a067',
  },
  en: {
    legend: 'How we tell you',
    hint: 'Reminders come as a short message alone; invitations and changes come as letters, too.',
    channels: { mail: 'Letters', webhook: 'Short messages and letters' } satisfies Channels,
    phone: 'Phone',
    phoneWrong: 'Write the phone like this: +7\u00a0701\u00a0123\u00a045\u00a067',
  },
})
