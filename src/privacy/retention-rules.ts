import type { DateTime } from '../base/time.ts'

/** What is forgotten by itself, and in which unit its term is told. */
export const terms = {
  contacts: { unit: 'months', amount: 12, most: 36 },
  written: { unit: 'days', amount: 30, most: 90 },
  remarks: { unit: 'days', amount: 30, most: 90 },
  letters: { unit: 'days', amount: 30, most: 90 },
  addresses: { unit: 'months', amount: 12, most: 36 },
  speakers: { unit: 'months', amount: 6, most: 36 },
} as const
export type Rule = keyof typeof terms
export type Terms = Record<Rule, number>

export const rules = Object.keys(terms) as Rule[]
export const ruleOf = (text: string): Rule | undefined => rules.find(rule => rule === text)

/** The terms that hold: what the settings say, and what they leave out as it is meant to be. */
export const termsFrom = (rows: { rule: string; amount: number }[]): Terms =>
  Object.fromEntries(
    rules.map(rule => [rule, rows.find(row => row.rule === rule)?.amount ?? terms[rule].amount]),
  ) as Terms

/** A term as it was typed, or undefined when it is none. */
export function amountOf(rule: Rule, text: string): number | undefined {
  const amount = /^\d{1,3}$/.test(text.trim()) ? Number(text.trim()) : 0
  return amount >= 1 && amount <= terms[rule].most ? amount : undefined
}

/** What is older than this goes by this rule. */
export const since = (rule: Rule, amount: number, now: DateTime): DateTime => now.minus({ [terms[rule].unit]: amount })

/** Runs are a day apart; the worker looks each hour, so a little less. */
export const isDue = (last: DateTime | null, now: DateTime): boolean =>
  last === null || last.plus({ hours: 23, minutes: 30 }) <= now
