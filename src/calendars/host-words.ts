import { trilingual } from '../base/i18n/trilingual.ts'

/** How a host gets the address of its whole calendar: by mail alone. */
export const words = trilingual({
  kk: {
    why: 'Күнтізбеде ұйымыңыздағы барлық кездесу көрінеді, сондықтан мекенжайы бұл бетте көрсетілмейді: оны өтінімде жазылған поштаға ғана жібереміз.',
    ask: 'Мекенжайды поштаға жіберу',
    sent: 'Хат жіберілді. Ол өтінімде жазылған поштаға келеді, күніне бір рет.',
    none: 'Өтінімде пошта жазылмаған: Достық үйіне қоңырау шалыңыз.',
  },
  ru: {
    why: 'В календаре видны все встречи вашей организации, поэтому на этой странице его адреса нет: мы отправим его только на почту, указанную в заявке.',
    ask: 'Отправить адрес на почту',
    sent: 'Письмо отправлено. Оно придёт на почту, указанную в заявке; не чаще раза в день.',
    none: 'В заявке нет почты: позвоните в Дом дружбы.',
  },
  en: {
    why: 'The calendar shows all talks at your place, so its address is not on this page: we send it only to the mail address in the request.',
    ask: 'Send me the address by mail',
    sent: 'The letter is on its way to the mail address in the request; once a day at most.',
    none: 'The request has no mail address: please call the House.',
  },
})
export type HostWords = (typeof words)['kk']
