import { trilingual } from '../base/i18n/trilingual.ts'
import type { Optional } from './unsubscribe-rules.ts'

// kk: to be read by a native editor
export const words = trilingual({
  kk: {
    title: 'Хаттардан бас тарту',
    kinds: {
      reminder: 'Кездесу туралы еске салу',
      'outcome-asked': 'Кездесу қорытындысын сұрау',
      'digest-day': 'Күннің қысқаша шолуы',
      'digest-week': 'Алдағы аптаның кездесулері',
      'feedback-asked': 'Кездесуден кейін пікір сұрау',
      'talk-offered': 'Кездесу ұсыну',
    } satisfies Record<Optional, string>,
    kind: 'Хат түрі',
    ask: 'Түймені басқаннан кейін мұндай хаттар келмейді.',
    remain: 'Шақыру, өзгеріс, кездесудің болмайтыны және сабақтың тоқтатылуы туралы хаттар бәрібір келеді.',
    leave: 'Енді келмесін',
    left: 'Бұл хаттар енді келмейді.',
    back: 'Қайтадан келсін',
  },
  ru: {
    title: 'Отказ от писем',
    kinds: {
      reminder: 'Напоминания о встречах',
      'outcome-asked': 'Вопрос об итоге встречи',
      'digest-day': 'Сводка дня',
      'digest-week': 'Встречи предстоящей недели',
      'feedback-asked': 'Просьба об отзыве после встречи',
      'talk-offered': 'Предложения встреч',
    } satisfies Record<Optional, string>,
    kind: 'Вид писем',
    ask: 'После нажатия кнопки такие письма больше не придут.',
    remain: 'Приглашения, изменения, отмены и закрытия приходят в любом случае.',
    leave: 'Больше не присылать',
    left: 'Эти письма больше не приходят.',
    back: 'Присылать снова',
  },
  en: {
    title: 'Letters you can do without',
    kinds: {
      reminder: 'Reminders of talks',
      'outcome-asked': 'Questions how a talk went',
      'digest-day': 'Overview of the day',
      'digest-week': 'Talks of the week ahead',
      'feedback-asked': 'Questions for feedback after a talk',
      'talk-offered': 'Offers of talks',
    } satisfies Record<Optional, string>,
    kind: 'Kind of letter',
    ask: 'After the button letters of this kind no longer come.',
    remain: 'Invitations, changes, cancellations and closures come in any case.',
    leave: 'Stop them',
    left: 'These letters no longer come.',
    back: 'Send them again',
  },
})
