import { trilingual } from '../base/i18n/trilingual.ts'
import type { Fault } from '../calendars/busy-calendar-rules.ts'

type Says = {
  address: string
  upload: string
  read: (when: string) => string
  uploaded: (when: string) => string
  ago: { hours: (count: number) => string; days: (count: number) => string }
  faults: Record<Fault, string>
}

/** What became of reading a speaker's own calendar, for the speaker and for coordinators alike. */
export const words = trilingual<Says>({
  kk: {
    address: 'мекенжай бойынша',
    upload: 'жүктелген файл',
    read: when => `Соңғы оқылғаны: ${when}`,
    uploaded: when => `Файл жүктелді: ${when}`,
    ago: { hours: count => `${count} сағат бұрын`, days: count => `${count} күн бұрын` },
    faults: {
      'no-address': 'Күнтізбенің мекенжайын толық енгізіңіз: ол https:// немесе webcal:// деп басталады.',
      'not-https': 'Мекенжай https:// немесе webcal:// деп басталуы керек.',
      'other-port': 'Мекенжайда порт нөмірі болмауы керек.',
      'holds-a-password': 'Мекенжайда логин мен құпиясөз болмауы керек.',
      ours: 'Бұл – осы жүйенің өз мекенжайы. Басқа күнтізбеңіздің мекенжайын енгізіңіз.',
      'not-public': 'Бұл мекенжай интернетте ашық емес, сондықтан оқылмайды.',
      'address-refused': 'Бұл мекенжай интернетте ашық емес жерге апарады, сондықтан оқылмайды.',
      'address-lost': 'Күнтізбенің мекенжайын қайта енгізіңіз.',
      unreachable: 'Күнтізбенің сервері жауап бермейді.',
      'too-slow': 'Күнтізбенің сервері 10 секундта жауап беріп үлгермеді.',
      'too-large': 'Күнтізбе тым үлкен. Ең көбі: 5 МБ.',
      'too-many-redirects': 'Мекенжай басқа мекенжайларға тым көп рет бағыттайды.',
      gone: 'Бұл мекенжайда күнтізбе жоқ. Мекенжай ауысқан болуы мүмкін.',
      denied: 'Күнтізбе жабық: оның құпия мекенжайын (iCal) енгізіңіз.',
      failed: 'Күнтізбенің сервері қатемен жауап берді.',
      'not-a-calendar': 'Бұл күнтізбе файлы (.ics) емес немесе файл толық емес.',
      'too-hard': 'Күнтізбені оқу тым ұзаққа созылды.',
      'too-many': 'Күнтізбеде оқиға тым көп.',
      'repeats-too-often': 'Күнтізбеде күніне тым көп қайталанатын оқиға бар.',
      'no-file': 'Күнтізбе файлын (.ics) таңдаңыз.',
      'switched-off': 'Достық үйі күнтізбені мекенжай бойынша оқуды өшірген. Файл жүктеуге болады.',
    },
  },
  ru: {
    address: 'по адресу',
    upload: 'загруженный файл',
    read: when => `Последнее чтение: ${when}`,
    uploaded: when => `Файл загружен: ${when}`,
    ago: { hours: count => `${count} ч назад`, days: count => `${count} дн. назад` },
    faults: {
      'no-address': 'Введите адрес календаря целиком: он начинается с https:// или webcal://.',
      'not-https': 'Адрес должен начинаться с https:// или webcal://.',
      'other-port': 'В адресе не должно быть номера порта.',
      'holds-a-password': 'В адресе не должно быть имени и пароля.',
      ours: 'Это адрес самого Кездесу. Введите адрес другого вашего календаря.',
      'not-public': 'Этот адрес закрыт для интернета, поэтому он не читается.',
      'address-refused': 'Этот адрес ведёт туда, где интернет закрыт, поэтому он не читается.',
      'address-lost': 'Введите адрес календаря ещё раз.',
      unreachable: 'Сервер календаря не отвечает.',
      'too-slow': 'Сервер календаря не успел ответить за 10 секунд.',
      'too-large': 'Календарь слишком большой. Наибольший размер: 5 МБ.',
      'too-many-redirects': 'Адрес слишком много раз отправляет на другие адреса.',
      gone: 'По этому адресу календаря нет. Возможно, адрес изменился.',
      denied: 'Календарь закрыт: введите его секретный адрес (iCal).',
      failed: 'Сервер календаря ответил ошибкой.',
      'not-a-calendar': 'Это не файл календаря (.ics), или он неполный.',
      'too-hard': 'Чтение календаря заняло слишком много времени.',
      'too-many': 'В календаре слишком много событий.',
      'repeats-too-often': 'В календаре есть событие, которое повторяется слишком часто в течение дня.',
      'no-file': 'Выберите файл календаря (.ics).',
      'switched-off': 'Дом дружбы выключил чтение календарей по адресу. Можно загрузить файл.',
    },
  },
  en: {
    address: 'by its address',
    upload: 'uploaded file',
    read: when => `Last read: ${when}`,
    uploaded: when => `Uploaded: ${when}`,
    ago: {
      hours: count => `${count} ${count === 1 ? 'hour' : 'hours'} ago`,
      days: count => `${count} ${count === 1 ? 'day' : 'days'} ago`,
    },
    faults: {
      'no-address': 'Enter the whole address of the calendar: it begins with https:// or webcal://.',
      'not-https': 'The address must begin with https:// or webcal://.',
      'other-port': 'The address must not hold a port number.',
      'holds-a-password': 'The address must not hold a name and password.',
      ours: 'This is an address of Kezdesu itself. Enter the address of another calendar of yours.',
      'not-public': 'This address is not open to the internet, so it is not read.',
      'address-refused': 'This address leads to a place that is not open to the internet, so it is not read.',
      'address-lost': 'Enter the address of the calendar again.',
      unreachable: 'The server of the calendar does not answer.',
      'too-slow': 'The server of the calendar did not answer within 10 seconds.',
      'too-large': 'The calendar is too large. The limit is 5 MB.',
      'too-many-redirects': 'The address sends on to other addresses too often.',
      gone: 'There is no calendar at this address. It may have changed.',
      denied: 'The calendar is closed: enter its secret address (iCal).',
      failed: 'The server of the calendar answered with an error.',
      'not-a-calendar': 'This is no calendar file (.ics), or it is cut off.',
      'too-hard': 'Reading the calendar took too long.',
      'too-many': 'The calendar holds too many events.',
      'repeats-too-often': 'The calendar holds an event that repeats too often within a day.',
      'no-file': 'Choose a calendar file (.ics).',
      'switched-off': 'The House has switched off reading calendars by their address. You can upload a file.',
    },
  },
})
