import type { Db } from '../base/db/open.ts'
import type { Language } from '../base/i18n/language.ts'
import { tokenOf } from '../base/secrets.ts'
import { type FeedOwner, findSubscription } from './owner-store.ts'
import { type Choice, choiceOf } from './rules.ts'
import { queryOf, readSaid, type Subscribing, waysTo, wishesOf } from './subscription-pages.ts'
import { words } from './subscription-words.ts'

/** Everything a page shows of one calendar's address; `app` gives where it leads and the key of its secret. */
export async function subscribing(
  app: { db: Db; config: { publicUrl: string; secret: string } },
  language: Language,
  owner: FeedOwner,
  zone: string,
  asked: Record<string, unknown>,
  place: Pick<Subscribing, 'page' | 'renewal'> & { which: (keyof Choice)[] },
): Promise<Subscribing> {
  const found = await findSubscription(app.db, owner)
  const texts = Object.fromEntries(Object.entries(asked).filter(([, value]) => typeof value === 'string'))
  const choice = choiceOf(texts)
  const address = found && `${app.config.publicUrl}/f/${tokenOf(app.config.secret, 'feed', found.nonce)}.ics`
  // a speaker's feed is in the speaker's language; of the others the reader's is asked for
  const query = queryOf(choice, owner.kind === 'speaker' ? undefined : language)
  return {
    say: words[language],
    spoken: language,
    ways: address ? waysTo(`${address}${query}`, words[language].qr) : undefined,
    read: readSaid(language, found, zone),
    wishes: wishesOf(language, choice, place.which),
    page: place.page,
    renewal: place.renewal,
    shared: owner.kind !== 'speaker',
  }
}
