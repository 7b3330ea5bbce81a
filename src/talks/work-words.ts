import { trilingual } from '../base/i18n/trilingual.ts'

/** Which talks a speaker takes, as the speaker says it. */
export const words = trilingual({
  kk: {
    title: 'Қандай кездесулерге барамын',
    text: 'Тілдер мен аудандар сақтаған бойда күшіне енеді. Тағайындалған кездесулер өзгермейді.',
    languages: 'Кездесу өткізетін тілдерім',
    home: 'Қай ауданнан шығамын',
    choose: 'Таңдаңыз',
    districts: 'Баратын аудандарым',
    districtsHint: 'Ешбірі белгіленбесе, тобыңыздың барлық ауданына шақырамыз.',
    topics: 'Өткізгім келетін тақырыптар',
    topicsHint: 'Бұл – үйлестірушіге қалау: тақырыпты ол бекітеді.',
    wished: 'Қалауыңыз үйлестірушінің шешімін күтуде.',
    save: 'Сақтау',
    saved: 'Сақталды.',
    unfit:
      'Бұл кездесулер енді профиліңізге сай емес. Олар сол күйі тұр: қатыса алмасаңыз, кездесуді ашып жауап беріңіз.',
    back: 'Менің профилім',
    mistakes: { languages: 'Кемінде бір тілді белгілеңіз', home: 'Ауданды таңдаңыз' },
  },
  ru: {
    title: 'На какие встречи я езжу',
    text: 'Языки и районы действуют сразу после сохранения. Назначенные встречи не меняются.',
    languages: 'На каких языках я провожу встречи',
    home: 'Из какого района выезжаю',
    choose: 'Выберите',
    districts: 'В какие районы езжу',
    districtsHint: 'Если ничего не отмечено, приглашаем во все районы вашей группы.',
    topics: 'Какие темы хотелось бы вести',
    topicsHint: 'Это пожелание координатору: тему утверждает он.',
    wished: 'Ваше пожелание ждёт решения координатора.',
    save: 'Сохранить',
    saved: 'Сохранено.',
    unfit:
      'Эти встречи больше не подходят к вашему профилю. Они остаются как есть: если не сможете прийти, откройте встречу и ответьте.',
    back: 'Мой профиль',
    mistakes: { languages: 'Отметьте хотя бы один язык', home: 'Выберите район' },
  },
  en: {
    title: 'Which talks I take',
    text: 'Languages and districts hold as soon as they are saved. Talks that are booked do not change.',
    languages: 'Languages in which I speak',
    home: 'The district I set out from',
    choose: 'Choose',
    districts: 'Districts I go to',
    districtsHint: 'With none marked you are invited to all districts of your group.',
    topics: 'Topics I would like to give',
    topicsHint: 'This is a wish to the coordinator, who approves topics.',
    wished: 'Your wish waits for the coordinator.',
    save: 'Save',
    saved: 'Saved.',
    unfit:
      'These talks no longer fit your profile. They stand as they are: if you cannot come, open the talk and answer.',
    back: 'My profile',
    mistakes: { languages: 'Mark at least one language', home: 'Choose a district' },
  },
})
export type WorkWords = (typeof words)['kk']
