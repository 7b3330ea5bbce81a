import { trilingual } from '../base/i18n/trilingual.ts'

/** Who speaks where there are several Houses and none of them is meant yet. */
export const words = trilingual({
  kk: { face: { name: 'Достық үйлері', city: 'Қазақстан' } },
  ru: { face: { name: 'Дома дружбы', city: 'Казахстан' } },
  en: { face: { name: 'Houses of Friendship', city: 'Kazakhstan' } },
})
