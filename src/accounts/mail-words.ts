import { trilingual } from '../base/i18n/trilingual.ts'

export const words = trilingual({
  kk: {
    subject: (code: string) => `Кіру коды: ${code}`,
    preheader: 'Сілтеме мен код 10 минут жарамды',
    lines: ['Жүйеге кіру үшін түймені басыңыз немесе кодты теріңіз.'],
    button: 'Кіру',
    until: (time: string) => `Жарамды уақыты: ${time}. Бір рет қолданылады.`,
    notYou: 'Бұл хатты сұрамасаңыз, ештеңе істеудің қажеті жоқ.',
  },
  ru: {
    subject: (code: string) => `Код для входа: ${code}`,
    preheader: 'Ссылка и код действуют 10 минут',
    lines: ['Чтобы войти, нажмите кнопку или введите код.'],
    button: 'Войти',
    until: (time: string) => `Срок действия: ${time}. Только один раз.`,
    notYou: 'Если вы не просили это письмо, ничего делать не нужно.',
  },
  en: {
    subject: (code: string) => `Sign-in code: ${code}`,
    preheader: 'The link and the code work for 10 minutes',
    lines: ['To sign in, press the button or type the code.'],
    button: 'Sign in',
    until: (time: string) => `Works until ${time}, once.`,
    notYou: 'If you did not ask for this letter, there is nothing to do.',
  },
})
