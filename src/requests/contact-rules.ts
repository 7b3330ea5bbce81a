import { emailOf, phoneOf } from '../base/text.ts'
import { longestName } from './host-rules.ts'
import { type AskedContact, type Problem, type Reading, reading, type TypedContact } from './rules.ts'

/** The third step: who asks. A visitor gives address, phone and consent; a coordinator writes down what a caller gave. */
export function readContact(typed: TypedContact, by: 'visitor' | 'coordinator'): Reading<AskedContact> {
  const problems: Problem[] = []
  if (!/\p{L}/u.test(typed.name)) problems.push({ field: 'name', code: 'person-missing' })
  else if (typed.name.length > longestName) problems.push({ field: 'name', code: 'text-long', most: longestName })
  if (typed.position.length > longestName) problems.push({ field: 'position', code: 'text-long', most: longestName })
  const email = emailOf(typed.email)
  const phone = phoneOf(typed.phone)
  const called = by === 'coordinator'
  if (called && typed.email === '' && typed.phone === '') problems.push({ field: 'phone', code: 'reach-missing' })
  if (email === undefined && !(called && typed.email === '')) problems.push({ field: 'email', code: 'email-wrong' })
  if (phone === undefined && !(called && typed.phone === '') && !problems.some(({ field }) => field === 'phone'))
    problems.push({ field: 'phone', code: 'phone-wrong' })
  if (!called && typed.consent !== 'yes') problems.push({ field: 'consent', code: 'consent-missing' })
  return reading(problems, () => ({
    name: typed.name,
    position: typed.position,
    email,
    phone,
    consent: typed.consent === 'yes',
  }))
}
