import { trilingual } from '../base/i18n/trilingual.ts'

export const words = trilingual({
  kk: {
    title: 'Басқа Достық үйлері',
    text: 'Сізді бірнеше Достық үйі шақыра алады. Күнтізбе ортақ болады: бір Достық үйі алған уақытқа екіншісі шақырмайды. Екіншісі тек «бос емес» деген белгіні көреді: тақырып пен ұйым оған көрсетілмейді. Шек әр Достық үйінде бөлек.',
    none: 'Мекенжайыңыз басқа Достық үйлерінің тізімінде жоқ.',
    found: 'Бұл Достық үйінің тізімінде сіз кірген мекенжаймен дәріскер бар. Бұл сіз бе?',
    join: 'Иә, бұл мен: күнтізбені біріктіру',
    joined: 'Күнтізбе ортақ.',
    part: 'Күнтізбені бөлу',
    overlap: 'Күнтізбе біріктірілмеді: екі Достық үйінде бір уақытта кездесуіңіз бар. Алдымен біреуінен бас тартыңыз.',
    back: 'Менің профилім',
    limits: 'Бұл Достық үйінде кездесу көп дегенде',
    save: 'Сақтау',
  },
  ru: {
    title: 'Другие Дома дружбы',
    text: 'Вас могут приглашать несколько Домов дружбы. Календарь тогда общий: на время, занятое одним Домом, другой не пригласит. Другой Дом видит только отметку «занято», без темы и организации. Лимиты в каждом Доме свои.',
    none: 'В списках других Домов дружбы вашего адреса нет.',
    found: 'В списке этого Дома дружбы есть лектор с адресом, по которому вы вошли. Это вы?',
    join: 'Да, это я: объединить календарь',
    joined: 'Календарь общий.',
    part: 'Разделить календарь',
    overlap:
      'Календарь не объединён: в двух Домах дружбы у вас встречи в одно время. Сначала откажитесь от одной из них.',
    back: 'Мой профиль',
    limits: 'Встреч в этом Доме не больше',
    save: 'Сохранить',
  },
  en: {
    title: 'Other Houses',
    text: 'Several Houses of Friendship may invite you. They then share one calendar: no House invites you for a time that another has. The other House sees “busy” only, not the topic and not the host. Limits are each House’s own.',
    none: 'Your address is on no other House’s list.',
    found: 'This House’s list has a speaker with the address you signed in by. Is it you?',
    join: 'Yes, it is me: share one calendar',
    joined: 'One calendar.',
    part: 'Part the calendars',
    overlap: 'The calendars were not joined: you have talks at one time in both Houses. Decline one of them first.',
    back: 'My profile',
    limits: 'At most this many talks in this House',
    save: 'Save',
  },
})
export type HousesWords = (typeof words)['kk']
