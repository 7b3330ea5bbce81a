import type { Language } from '../base/i18n/language.ts'

/** `1,5 %`: a share with one digit, in the reader's way of writing numbers. */
export function shareSaid(language: Language, share: number): string {
  const text = (share * 100).toFixed(1)
  return language === 'en' ? `${text}%` : `${text.replace('.', ',')}\u00a0%`
}

/** `0,42`: a figure with so many digits. */
export const figureSaid = (language: Language, value: number, digits: number): string =>
  language === 'en' ? value.toFixed(digits) : value.toFixed(digits).replace('.', ',')

/** How far a plan may be from the best, between nothing and all of its cost; undefined without a bound. */
export function gapOf(cost: number | null | undefined, bound: number | null | undefined): number | undefined {
  if (cost === null || cost === undefined || bound === null || bound === undefined) return
  // costs are whole numbers, so a proven 11,398.3 is 11,399
  const proven = Math.max(0, Math.min(cost, Math.ceil(bound - 0.01)))
  return cost <= 0 ? 0 : (cost - proven) / cost
}
