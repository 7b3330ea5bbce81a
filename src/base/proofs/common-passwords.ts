const keyboard = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'йцукенгшщзхъ', 'фывапролджэ', 'ячсмитьбю', '1234567890']
const letters = ['abcdefghijklmnopqrstuvwxyz', 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя']
const rows = [...keyboard, ...letters].flatMap(row => [row, [...row].reverse().join('')])
const longest = 24

let known: Promise<Set<string>> | undefined

/** The passwords that are tried first everywhere; read when the first one is set. */
const list = () => {
  known ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set((dictionary['passwords-common'] as string[]).map(folded)),
  )
  return known
}

const folded = (text: string) => text.normalize('NFKC').toLowerCase()

/**
 * Whether a password is one of the first that are tried: nothing but one or two words of the list of common ones, of the
 * person, the House or this product, with numbers between, or one piece again and again.
 */
export async function isCommon(password: string, about: string[]): Promise<boolean> {
  const common = await list()
  const own = new Set(about.flatMap(text => [folded(text), ...folded(text).split(/[^\p{L}\p{N}]+/u)]).filter(isWord))
  const text = folded(password)
  if (new Set(text).size < 5 || /^(.{1,6})\1+.{0,3}$/u.test(text)) return true
  return fewestPieces(text.replace(/[^\p{L}\p{N}]/gu, ''), piece => own.has(piece) || common.has(piece)) <= 2
}

const isWord = (text: string) => text.length > 2

/** Of how many known pieces a text is made; a few digits between them count for nothing, what nobody knows for all. */
function fewestPieces(text: string, isKnown: (piece: string) => boolean): number {
  const fewest = [0]
  for (let end = 1; end <= text.length; end++) {
    let best = Number.POSITIVE_INFINITY
    for (let start = Math.max(0, end - longest); start < end; start++) {
      const before = fewest[start] ?? Number.POSITIVE_INFINITY
      if (before < best) best = Math.min(best, before + costOf(text.slice(start, end), isKnown))
    }
    fewest.push(best)
  }
  return fewest.at(-1) ?? 0
}

function costOf(piece: string, isKnown: (piece: string) => boolean): number {
  if (/^\d{1,4}$/.test(piece)) return 0
  if (/^\d+$/.test(piece) || /^(.)\1+$/u.test(piece)) return 1
  if (isWord(piece) && (isKnown(piece) || rows.some(row => row.includes(piece)))) return 1
  return Number.POSITIVE_INFINITY
}
