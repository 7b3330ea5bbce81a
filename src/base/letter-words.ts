import { trilingual } from './i18n/trilingual.ts'

/** The formulas of every letter (domain.md section 13). */
export const formulas = trilingual({
  kk: {
    dear: (address: string) => `Құрметті ${address}!`,
    colleagues: 'Құрметті әріптестер!',
    closing: (office: string) => `Құрметпен, ${office}`,
    question: 'Сұрағыңыз болса',
    leave: 'Мұндай хаттар келмесін',
    note: (text: string) => `Қосымша: ${text}`,
    quoted: (text: string) => `«${text.replaceAll('«', '„').replaceAll('»', '“')}»`,
  },
  ru: {
    dear: (address: string) => `Здравствуйте, ${address}!`,
    colleagues: 'Уважаемые коллеги!',
    closing: (office: string) => `С уважением, ${office}`,
    question: 'Есть вопрос',
    leave: 'Не присылать таких писем',
    note: (text: string) => `Дополнительно: ${text}`,
    quoted: (text: string) => `«${text.replaceAll('«', '„').replaceAll('»', '“')}»`,
  },
  en: {
    dear: (address: string) => `Dear ${address},`,
    colleagues: 'Dear colleagues,',
    closing: (office: string) => `Kind regards, ${office}`,
    question: 'Questions',
    leave: 'Stop letters of this kind',
    note: (text: string) => `Please note: ${text}`,
    quoted: (text: string) => `“${text.replaceAll('“', '‘').replaceAll('”', '’')}”`,
  },
})
