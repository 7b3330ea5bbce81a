import { trilingual } from '../base/i18n/trilingual.ts'
import type { AccountChange } from './factor-rules.ts'

type Changes = Record<AccountChange, string>

/** Texts of the letters that tell somebody what happened to their account, and of codes that sign nobody in. */
export const words = trilingual({
  kk: {
    subject: 'Есептік жазбаңыз өзгерді',
    lines: ['Есептік жазбаңызда мына өзгеріс болды.'],
    change: 'Өзгеріс',
    when: 'Уақыты',
    button: 'Есептік жазбаны ашу',
    notYou: 'Бұл сіз болмасаңыз, Достық үйіне бірден қоңырау шалыңыз.',
    changes: {
      'passkey-added': 'кіру кілті қосылды',
      'passkey-removed': 'кіру кілті алынып тасталды',
      'codes-set': 'қолданба коды орнатылды',
      'codes-removed': 'қолданба коды алынып тасталды',
      'password-set': 'жаңа құпиясөз орнатылды',
      'recovery-renewed': 'жаңа сақтық кодтар жасалды',
      'provider-linked': 'ұйым жүйесіндегі есептік жазба байланыстырылды',
      'provider-unlinked': 'ұйым жүйесіндегі есептік жазбаның байланысы үзілді',
      'factors-reset': 'әкімші қосымша тексеруді алып тастады, келесі кіргенде оны қайта орнатасыз',
      'address-changed': 'мекенжай өзгертілді',
    } satisfies Changes,
    code: {
      subject: (code: string) => `Растау коды: ${code}`,
      preheader: 'Код 10 минут жарамды',
      lines: ['Бұл сіз екеніңізді растау үшін кодты беттегі өріске теріңіз.'],
      address: ['Бұл мекенжай есептік жазбаңыздікі болуы үшін кодты беттегі өріске теріңіз.'],
    },
  },
  ru: {
    subject: 'Ваша учётная запись изменена',
    lines: ['В вашей учётной записи произошло изменение.'],
    change: 'Изменение',
    when: 'Время',
    button: 'Открыть учётную запись',
    notYou: 'Если это были не вы, сразу позвоните в Дом дружбы.',
    changes: {
      'passkey-added': 'добавлен ключ доступа',
      'passkey-removed': 'удалён ключ доступа',
      'codes-set': 'подключён код из приложения',
      'codes-removed': 'удалён код из приложения',
      'password-set': 'установлен новый пароль',
      'recovery-renewed': 'созданы новые резервные коды',
      'provider-linked': 'связана учётная запись системы организации',
      'provider-unlinked': 'отвязана учётная запись системы организации',
      'factors-reset': 'администратор снял дополнительную проверку, при следующем входе настройте её заново',
      'address-changed': 'изменён адрес',
    } satisfies Changes,
    code: {
      subject: (code: string) => `Код подтверждения: ${code}`,
      preheader: 'Код действует 10 минут',
      lines: ['Чтобы подтвердить, что это вы, введите код на странице.'],
      address: ['Чтобы этот адрес стал адресом вашей учётной записи, введите код на странице.'],
    },
  },
  en: {
    subject: 'Your account has changed',
    lines: ['Something changed in your account.'],
    change: 'Change',
    when: 'Time',
    button: 'Open the account',
    notYou: 'If it was not you, call the House at once.',
    changes: {
      'passkey-added': 'a passkey was added',
      'passkey-removed': 'a passkey was removed',
      'codes-set': 'the code of an app was set up',
      'codes-removed': 'the code of an app was removed',
      'password-set': 'a new password was set',
      'recovery-renewed': 'new recovery codes were made',
      'provider-linked': 'the account of your organisation was linked',
      'provider-unlinked': 'the account of your organisation was unlinked',
      'factors-reset': 'an administrator took away the additional check: set it up anew when you next sign in',
      'address-changed': 'the address was changed',
    } satisfies Changes,
    code: {
      subject: (code: string) => `Confirmation code: ${code}`,
      preheader: 'The code works for 10 minutes',
      lines: ['To confirm that it is you, type the code on the page.'],
      address: ['To make this the address of your account, type the code on the page.'],
    },
  },
})
