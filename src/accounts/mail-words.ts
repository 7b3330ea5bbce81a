import { trilingual } from '../base/i18n/trilingual.ts'

export const words = trilingual({
  kk: {
    subject: (code: string) => `Кіру коды: ${code}`,
    preheader: 'Сілтеме мен код 10 минут жарамды',
    lines: ['Жүйеге кіру үшін түймені басыңыз немесе кодты теріңіз.'],
    button: 'Кіру',
    until: (time: string) => `Жарамды уақыты: ${time}. Бір рет қолданылады.`,
    notYou: 'Бұл хатты сұрамасаңыз, ештеңе істеудің қажеті жоқ.',
    invited: {
      subject: (house: string) => `Жүйеге кіру ашылды: ${house}`,
      preheader: 'Құпиясөз жоқ: кіру үшін хат сұрайсыз',
      lines: [
        'Сізге Достық үйінің жұмыс жүйесіне кіру ашылды.',
        'Құпиясөз жоқ: кіру бетінде осы мекенжайды жазасыз, сілтемесі бар хат келеді.',
      ],
      second: 'Алғаш кіргенде қосымша тексеру орнатасыз: кіру кілті немесе қолданба коды.',
      role: 'Рөліңіз',
      address: 'Мекенжай',
    },
  },
  ru: {
    subject: (code: string) => `Код для входа: ${code}`,
    preheader: 'Ссылка и код действуют 10 минут',
    lines: ['Чтобы войти, нажмите кнопку или введите код.'],
    button: 'Войти',
    until: (time: string) => `Срок действия: ${time}. Только один раз.`,
    notYou: 'Если вы не просили это письмо, ничего делать не нужно.',
    invited: {
      subject: (house: string) => `Открыт вход в систему: ${house}`,
      preheader: 'Пароля нет: для входа запрашивают письмо',
      lines: [
        'Вам открыт вход в рабочую систему Дома дружбы.',
        'Пароля нет: на странице входа напишите этот адрес, и придёт письмо со ссылкой.',
      ],
      second: 'При первом входе нужно настроить дополнительную проверку: ключ доступа или код из приложения.',
      role: 'Ваша роль',
      address: 'Адрес',
    },
  },
  en: {
    subject: (code: string) => `Sign-in code: ${code}`,
    preheader: 'The link and the code work for 10 minutes',
    lines: ['To sign in, press the button or type the code.'],
    button: 'Sign in',
    until: (time: string) => `Works until ${time}, once.`,
    notYou: 'If you did not ask for this letter, there is nothing to do.',
    invited: {
      subject: (house: string) => `You may sign in: ${house}`,
      preheader: 'There is no password: you ask for a letter',
      lines: [
        'You may sign in to the system of the House of Friendship.',
        'There is no password: write this address on the sign-in page, and a letter with a link comes.',
      ],
      second: 'When you first sign in you set up an additional check: a passkey or the code of an app.',
      role: 'Your role',
      address: 'Address',
    },
  },
})
