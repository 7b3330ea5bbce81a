import { trilingual } from '../base/i18n/trilingual.ts'
import type { ShortKind } from './channel-rules.ts'

type Titles = Record<ShortKind | 'test', string>

/** What a short message begins with; a date or a number follows. */
export const words = trilingual({
  kk: {
    titles: {
      invitation: 'Кездесуге шақыру',
      'invitation-update': 'Шақыру өзгерді',
      'invitation-cancellation': 'Келудің қажеті жоқ',
      'talk-booked': 'Кездесу расталды',
      'talk-changed': 'Кездесу өзгерді',
      'talk-cancelled': 'Кездесу болмайды',
      'reminder-days': 'Еске салу',
      'reminder-day': 'Еске салу',
      'reminder-hours': 'Еске салу',
      'outcome-asked': 'Кездесу өтті ме, неше адам болды',
      'answer-declined': 'Дәріскер келе алмайды',
      'request-declined': 'Өтінім қабылданбады',
      'substitution-asked': 'Алмастырушы керек, бара аласыз ба',
      'substitution-filled': 'Орынға адам табылды, рақмет',
      'substitution-escalated': 'Алмастырушы табылмады',
      'request-expired': 'Өтінімнің мерзімі өтті',
      test: 'Сынақ хабары. Хабарлар осы нөмірге жетеді.',
    } satisfies Titles,
    quoted: (text: string) => `«${text}»`,
  },
  ru: {
    titles: {
      invitation: 'Приглашение на встречу',
      'invitation-update': 'Приглашение изменилось',
      'invitation-cancellation': 'Приходить не нужно',
      'talk-booked': 'Встреча подтверждена',
      'talk-changed': 'Встреча изменена',
      'talk-cancelled': 'Встреча отменена',
      'reminder-days': 'Напоминание',
      'reminder-day': 'Напоминание',
      'reminder-hours': 'Напоминание',
      'outcome-asked': 'Встреча прошла? Сколько было человек',
      'answer-declined': 'Лектор не сможет прийти',
      'request-declined': 'Заявка отклонена',
      'substitution-asked': 'Нужна замена, сможете прийти',
      'substitution-filled': 'Место занято, спасибо',
      'substitution-escalated': 'Замена не найдена',
      'request-expired': 'Срок заявки истёк',
      test: 'Пробное сообщение. Сообщения доходят до этого номера.',
    } satisfies Titles,
    quoted: (text: string) => `«${text}»`,
  },
  en: {
    titles: {
      invitation: 'Invitation to give a talk',
      'invitation-update': 'Invitation changed',
      'invitation-cancellation': 'You need not come',
      'talk-booked': 'The talk is confirmed',
      'talk-changed': 'The talk has changed',
      'talk-cancelled': 'The talk is cancelled',
      'reminder-days': 'Reminder',
      'reminder-day': 'Reminder',
      'reminder-hours': 'Reminder',
      'outcome-asked': 'Was the talk held, and how many came',
      'answer-declined': 'A speaker cannot come',
      'request-declined': 'Request declined',
      'substitution-asked': 'A substitute is needed, can you come',
      'substitution-filled': 'The place is taken, thank you',
      'substitution-escalated': 'No substitute found',
      'request-expired': 'Request expired',
      test: 'A test message. Messages reach this number.',
    } satisfies Titles,
    quoted: (text: string) => `“${text}”`,
  },
})
