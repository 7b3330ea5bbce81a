const letters: Record<string, string> = {
  ә: 'а',
  ғ: 'г',
  қ: 'к',
  ң: 'н',
  ө: 'о',
  ұ: 'у',
  ү: 'у',
  һ: 'х',
  і: 'и',
  ё: 'е',
  ь: '',
  ъ: '',
}

/**
 * A text as people search for it: Кайрат finds Қайрат, Айгул finds Айгүль (domain.md section 7). Lower case in JS, since
 * PostgreSQL's C collation leaves Cyrillic as it is; index both spellings of a name.
 */
export const fold = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[әғқңөұүһіёьъ]/g, letter => letters[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** Lists for people: Kazakh order, never sorted in SQL. */
const collator = new Intl.Collator('kk', { numeric: true })
export const byName = (a: string, b: string): number => collator.compare(a, b)
