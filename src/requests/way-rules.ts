import type { Step } from './rules.ts'

/** Where a form leads besides onwards; what was typed goes along. */
export type Way = { step: Step; query: Record<string, string>; anchor: string }

const ways: Record<string, Pick<Way, 'step' | 'query'>> = {
  topics: { step: 'topic', query: { all: '1' } },
  topic: { step: 'topic', query: {} },
  place: { step: 'when', query: { host: 'change' } },
  when: { step: 'when', query: {} },
  contact: { step: 'contact', query: {} },
}

/** `stay`: the same page again, in the language of the address it is sent to; `go:when#heads`: another step, at a question. */
export function wayOf(pressed: string, here: Pick<Way, 'step' | 'query'>): Way | undefined {
  if (pressed === 'stay') return { ...here, anchor: '' }
  const [, name = '', anchor = ''] = /^go:([a-z]+)(#[a-z]+)?$/.exec(pressed) ?? []
  if (Object.hasOwn(ways, name)) return { ...(ways[name] ?? here), anchor }
  // a way that nobody offered must not send the request
  return pressed.startsWith('go:') ? { ...here, anchor: '' } : undefined
}
