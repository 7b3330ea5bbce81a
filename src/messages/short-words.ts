import { trilingual } from '../base/i18n/trilingual.ts'
import type { ShortKind } from './channel-rules.ts'

type Titles = Record<ShortKind | 'test', string>
/** What a closure makes of a talk. */
export type Became = 'online' | 'postponed' | 'cancelled' | 'restored'
type Closed = Record<Became, string>

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
      closure: 'Сабақ тоқтатылды',
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
      'feedback-asked': 'Кездесу қалай өтті, төрт сұрақ',
      test: 'Сынақ хабары. Хабарлар осы нөмірге жетеді.',
    } satisfies Titles,
    closed: {
      online: 'Сабақ тоқтатылды, кездесу онлайн өтеді',
      postponed: 'Сабақ тоқтатылды, кездесу кейінге қалды',
      cancelled: 'Сабақ тоқтатылды, кездесу болмайды',
      restored: 'Сабақ қайта басталды, кездесу болады',
    } satisfies Closed,
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
      closure: 'Занятия отменены',
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
      'feedback-asked': 'Как прошла встреча, четыре вопроса',
      test: 'Пробное сообщение. Сообщения доходят до этого номера.',
    } satisfies Titles,
    closed: {
      online: 'Занятия отменены, встреча онлайн',
      postponed: 'Занятия отменены, встреча отложена',
      cancelled: 'Занятия отменены, встречи не будет',
      restored: 'Занятия возобновлены, встреча будет',
    } satisfies Closed,
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
      closure: 'Closed',
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
      'feedback-asked': 'How was the talk, four questions',
      test: 'A test message. Messages reach this number.',
    } satisfies Titles,
    closed: {
      online: 'Closed, the talk is online',
      postponed: 'Closed, the talk is put off',
      cancelled: 'Closed, no talk',
      restored: 'Open again, the talk takes place',
    } satisfies Closed,
    quoted: (text: string) => `“${text}”`,
  },
})
