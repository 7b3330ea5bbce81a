import { trilingual } from '../base/i18n/trilingual.ts'

type Section = { terms?: true; heading: string; lines: string[] }

/** Plain words about personal data and about the pages themselves. */
export const words = trilingual({
  kk: {
    privacy: {
      title: 'Дербес деректер',
      lead: 'Деректеріңіз тек кездесуді ұйымдастыруға қолданылады.',
      sections: [
        {
          heading: 'Нені сақтаймыз',
          lines: [
            'Өтінім берген адамның аты-жөні, лауазымы, жұмыс поштасы мен телефоны',
            'Кездесудің тақырыбы, орны, уақыты және қатысушылар саны',
            'Келісім берілген күн мен мәтіннің нұсқасы',
          ],
        },
        {
          heading: 'Нені сақтамаймыз',
          lines: ['Балалар мен отбасылардың аты-жөні, жеке жағдайлары', 'Фотосуреттер', 'ЖСН мен құжат нөмірлері'],
        },
        {
          heading: 'Не үшін және қанша уақыт',
          terms: true,
          lines: [
            'Дәріскерлер мен ұйым бір-бірімен хабарласуы үшін',
            'Мерзімі өткенде жеке деректер өшеді, тек сандар қалады. Кім не істегені журналға жазылады, онда аты-жөні мен мекенжай жоқ',
            'Өзіңіз туралы деректерді көруді немесе өшіруді үйлестірушіден сұрай аласыз',
          ],
        },
        {
          heading: 'Кім көреді',
          lines: ['Достық үйінің үйлестірушілері', 'Телефонды тек кездесуге келісім берген дәріскер көреді'],
        },
        {
          heading: 'Cookie',
          lines: [
            'Өтінім толтырғанда жауаптарыңыз өз құрылғыңызда бір тәулік сақталады',
            'Өтінім жіберілгеннен кейін аты-жөніңіз, лауазымыңыз, поштаңыз, телефоныңыз және ұйымыңыз осы құрылғыда 90 күн сақталады: келесі өтінім солардан толтырылады. Оны өтінім бетінде өшіруге болады',
            'Басқа cookie, санақ және бөгде сервистер жоқ',
          ],
        },
        {
          heading: 'Құқықтарыңыз',
          lines: ['Деректеріңізді көруге, түзетуге және өшіртуге болады: Достық үйіне хабарласыңыз'],
        },
      ] as Section[],
    },
    accessibility: {
      title: 'Қолжетімділік',
      lead: 'Бұл сайтты кез келген адам қолдана алуы керек.',
      sections: [
        {
          heading: 'Қалай жасалған',
          lines: [
            'Барлық бетті тек пернетақтамен не экран оқитын бағдарламамен қолдануға болады',
            'JavaScript қосылмаса да, ескі телефонда және баяу интернетте ашылады',
            'Мәтінді үлкейтуге болады, ең көбі: 400 %',
            'Түстер бір-бірінен анық ажырайды, мағына тек түспен берілмейді',
          ],
        },
        {
          heading: 'Кедергі кездессе',
          lines: ['Достық үйіне қоңырау шалыңыз: өтінімді телефон арқылы да қабылдаймыз'],
        },
      ] as Section[],
    },
  },
  ru: {
    privacy: {
      title: 'Персональные данные',
      lead: 'Ваши данные нужны только для организации встречи.',
      sections: [
        {
          heading: 'Что мы храним',
          lines: [
            'Имя, должность, рабочую почту и телефон того, кто подал заявку',
            'Тему, место, время встречи и число слушателей',
            'Дату согласия и версию его текста',
          ],
        },
        {
          heading: 'Чего мы не храним',
          lines: ['Имён детей и семей, личных историй', 'Фотографий', 'ИИН и номеров документов'],
        },
        {
          heading: 'Зачем и как долго',
          terms: true,
          lines: [
            'Чтобы лекторы и организация могли связаться',
            'По истечении срока личные данные удаляются, остаются только числа. Кто что сделал, пишется в журнал, имён и адресов в нём нет',
            'Вы можете попросить координатора показать или удалить данные о вас',
          ],
        },
        {
          heading: 'Кто их видит',
          lines: ['Координаторы Дома дружбы', 'Телефон видит только лектор, который согласился прийти'],
        },
        {
          heading: 'Cookie',
          lines: [
            'Пока вы заполняете заявку, ответы хранятся на вашем устройстве одни сутки',
            'После отправки ваше имя, должность, почта, телефон и организация хранятся на этом устройстве 90 дней: ими заполняется следующая заявка. Удалить их можно на странице заявки',
            'Других cookie, счётчиков и посторонних сервисов нет',
          ],
        },
        { heading: 'Ваши права', lines: ['Данные можно увидеть, исправить и удалить: обратитесь в Дом дружбы'] },
      ],
    },
    accessibility: {
      title: 'Доступность',
      lead: 'Этим сайтом должны пользоваться все.',
      sections: [
        {
          heading: 'Как он сделан',
          lines: [
            'Все страницы работают с клавиатуры и с программой чтения с экрана',
            'Открываются без JavaScript, на старом телефоне и при медленном интернете',
            'Текст можно увеличить до 400 %',
            'Цвета достаточно контрастны, и смысл передаётся не только цветом',
          ],
        },
        { heading: 'Если что-то мешает', lines: ['Позвоните в Дом дружбы: заявку примем и по телефону'] },
      ],
    },
  },
  en: {
    privacy: {
      title: 'Personal data',
      lead: 'Your details are used to arrange the talk and for nothing else.',
      sections: [
        {
          heading: 'What we keep',
          lines: [
            'Name, position, work e-mail and phone of the person who asked',
            'Topic, place and time of the talk and the number of people',
            'The date of consent and the version of its text',
          ],
        },
        {
          heading: 'What we do not keep',
          lines: ['Names of children or families, or their stories', 'Photographs', 'Identity or document numbers'],
        },
        {
          heading: 'What for and how long',
          terms: true,
          lines: [
            'So that the speakers and the host can reach each other',
            'When a term is over the personal data goes and only numbers remain. Who did what is written to a journal, which holds no names or addresses',
            'You may ask the coordinator to show or erase the data on you',
          ],
        },
        {
          heading: 'Who sees them',
          lines: ['Coordinators of the House of Friendship', 'Only a speaker who has agreed to come sees the phone'],
        },
        {
          heading: 'Cookies',
          lines: [
            'While you fill in a request, your answers are kept on your own device for a day',
            'Once it is sent, your name, position, e-mail, phone and place are kept on this device for 90 days, to fill in the next request. You can delete them on the page of the request',
            'There are no other cookies, counters or services of others',
          ],
        },
        {
          heading: 'Your rights',
          lines: ['You may see, correct and delete your data: contact the House of Friendship'],
        },
      ],
    },
    accessibility: {
      title: 'Accessibility',
      lead: 'Everybody should be able to use this site.',
      sections: [
        {
          heading: 'How it is made',
          lines: [
            'All pages work by keyboard and with a screen reader',
            'They open without JavaScript, on an old phone and a slow connection',
            'Text can be enlarged to 400%',
            'Colours have enough contrast, and nothing is told by colour alone',
          ],
        },
        {
          heading: 'If something is in your way',
          lines: ['Call the House of Friendship: we take requests by phone as well'],
        },
      ],
    },
  },
})
export type PlainPage = (typeof words)['kk']['privacy']
