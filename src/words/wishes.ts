import { typed } from '../base/http/typed.ts'
import { shows, tongues, type Wish } from './rules.ts'

/** What a reader wants to see, as the address says it; anything else is what is usual. */
export function wishIn(query: unknown): Wish {
  const { texts } = typed(query, ['tongue', 'feature', 'show', 'q', 'page'])
  return {
    tongue: tongues.find(it => it === texts.tongue) ?? 'kk',
    feature: /^[a-z]{1,20}$/.test(texts.feature) ? texts.feature : '',
    show: shows.find(it => it === texts.show) ?? 'all',
    search: texts.q.slice(0, 100),
    page: /^[1-9]\d{0,3}$/.test(texts.page) ? Number(texts.page) : 1,
  }
}
