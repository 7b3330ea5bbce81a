import { trilingual } from '../base/i18n/trilingual.ts'
import type { Problem } from './field-rules.ts'

/** What the forms of the data that coordinators keep have in common. */
export const words = trilingual({
  kk: {
    error: 'Қате',
    mistakes: (count: number) => `Қате: ${count} жауапты тексеріңіз`,
    inLanguage: { kk: 'қазақша', ru: 'орысша', en: 'ағылшынша' },
    settings: 'Баптаулар',
    save: 'Сақтау',
    add: 'Қосу',
    edit: 'Өзгерту',
    remove: 'Өшіру',
    choose: 'Таңдаңыз',
    date: 'Күні',
    from: 'Басталуы',
    to: 'Аяқталуы',
    name: 'Атауы',
    grades: 'Сыныптар',
    grade: (grade: string) => `${grade}-сынып`,
    allGrades: 'Барлық сынып',
    kinds: 'Ұйым түрлері',
    allKinds: 'Барлық ұйым',
    kind: {
      school: 'мектеп',
      college: 'колледж',
      university: 'жоғары оқу орны',
      workplace: 'еңбек ұжымы',
      market: 'базар',
      'community-centre': 'қоғамдық орталық',
      'house-of-friendship': 'Достық үйі',
      custody: 'қылмыстық-атқару жүйесінің мекемесі',
    },
    districts: 'Аудандар',
    nothingChosen: 'Ештеңе белгіленбесе, барлығына қатысты.',
  },
  ru: {
    error: 'Ошибка',
    mistakes: (count: number) => `Ошибка: проверьте ответы (${count})`,
    inLanguage: { kk: 'на казахском', ru: 'на русском', en: 'на английском' },
    settings: 'Настройки',
    save: 'Сохранить',
    add: 'Добавить',
    edit: 'Изменить',
    remove: 'Удалить',
    choose: 'Выберите',
    date: 'Дата',
    from: 'Начало',
    to: 'Конец',
    name: 'Название',
    grades: 'Классы',
    grade: (grade: string) => `${grade} класс`,
    allGrades: 'Все классы',
    kinds: 'Виды организаций',
    allKinds: 'Все организации',
    kind: {
      school: 'школа',
      college: 'колледж',
      university: 'вуз',
      workplace: 'трудовой коллектив',
      market: 'рынок',
      'community-centre': 'общественный центр',
      'house-of-friendship': 'Дом дружбы',
      custody: 'учреждение УИС',
    },
    districts: 'Районы',
    nothingChosen: 'Если ничего не отмечено, касается всех.',
  },
  en: {
    error: 'Error',
    mistakes: (count: number) => `Error: check your answers (${count})`,
    inLanguage: { kk: 'in Kazakh', ru: 'in Russian', en: 'in English' },
    settings: 'Settings',
    save: 'Save',
    add: 'Add',
    edit: 'Edit',
    remove: 'Remove',
    choose: 'Choose',
    date: 'Date',
    from: 'Begins',
    to: 'Ends',
    name: 'Name',
    grades: 'Grades',
    grade: (grade: string) => `grade ${grade}`,
    allGrades: 'All grades',
    kinds: 'Kinds of host',
    allKinds: 'All hosts',
    kind: {
      school: 'school',
      college: 'college',
      university: 'university',
      workplace: 'workplace',
      market: 'market',
      'community-centre': 'community centre',
      'house-of-friendship': 'House of Friendship',
      custody: 'custodial institution',
    },
    districts: 'Districts',
    nothingChosen: 'Nothing chosen means all of them.',
  },
})
export type FieldWords = (typeof words)['kk']

type Codes = Exclude<Problem['code'], 'long' | 'like' | 'no-number' | 'talks-to-come'>
export const wrong = trilingual<
  Record<Codes, string> & {
    long: (most: number) => string
    like: (example: string) => string
    'no-number': (least: number, most: number) => string
    'talks-to-come': (talks: number) => string
  }
>({
  kk: {
    empty: 'толтырыңыз',
    none: 'кемінде біреуін белгілеңіз',
    unknown: 'тізімнен таңдаңыз',
    'no-day': 'мұндай күн жоқ',
    future: 'бұл күн әлі келген жоқ',
    past: 'бұл күн өтіп кетті',
    'ends-before': 'аяқталуы басталуынан ерте',
    downwards: 'бірінші сан екіншісінен үлкен',
    same: 'екі күн бірдей болмауы керек',
    far: 'үш айдан аспауы керек',
    taken: 'мұндай жазба бар',
    repeated: 'бір ғана жауап жазыңыз',
    'in-use': 'өтінімде тұр, өшірілмейді',
    address: 'көше мен үй нөмірін жазбаңыз',
    like: example => `мына үлгімен жазыңыз: ${example}`,
    long: most => `ұзындығы ең көбі ${most} таңба`,
    'no-number': (least, most) => `сан жазыңыз, ${least}–${most}`,
    'talks-to-come': talks => `алдағы кездесулер бар, өшірілмейді. Саны: ${talks}`,
  },
  ru: {
    empty: 'заполните',
    none: 'отметьте хотя бы одно',
    unknown: 'выберите из списка',
    'no-day': 'такой даты нет',
    future: 'эта дата ещё не наступила',
    past: 'эта дата уже прошла',
    'ends-before': 'конец раньше начала',
    downwards: 'первое число больше второго',
    same: 'два дня должны различаться',
    far: 'не дольше трёх месяцев',
    taken: 'такая запись уже есть',
    repeated: 'нужен один ответ',
    'in-use': 'указано в заявке, удалить нельзя',
    address: 'не пишите улицу и номер дома',
    like: example => `напишите по образцу: ${example}`,
    long: most => `слишком длинно, наибольшее число знаков: ${most}`,
    'no-number': (least, most) => `напишите число, ${least}–${most}`,
    'talks-to-come': talks => `здесь ещё пройдут встречи, убрать нельзя. Встреч: ${talks}`,
  },
  en: {
    empty: 'fill this in',
    none: 'choose at least one',
    unknown: 'choose from the list',
    'no-day': 'there is no such date',
    future: 'this date has not come yet',
    past: 'this date has passed',
    'ends-before': 'it ends before it begins',
    downwards: 'the first number is above the second',
    same: 'the two days must differ',
    far: 'three months at most',
    taken: 'there is one already',
    repeated: 'one answer only',
    'in-use': 'a request names it, so it stays',
    address: 'leave out street and house number',
    like: example => `write it like this: ${example}`,
    long: most => `at most ${most} characters`,
    'no-number': (least, most) => `write a number, ${least}–${most}`,
    'talks-to-come': talks => `talks are still to come here, so it stays. Talks: ${talks}`,
  },
})

/** `Атауы, қазақша: толтырыңыз`: the field, then what to do, so that the line says enough in the summary, too. */
export function problemSaid(language: keyof typeof wrong, label: string, problem: Problem): string {
  const say = wrong[language]
  if (problem.code === 'long') return `${label}: ${say.long(problem.most)}`
  if (problem.code === 'like') return `${label}: ${say.like(problem.example)}`
  if (problem.code === 'no-number') return `${label}: ${say['no-number'](problem.least, problem.most)}`
  if (problem.code === 'talks-to-come') return `${label}: ${say['talks-to-come'](problem.talks)}`
  return `${label}: ${say[problem.code]}`
}
