import type { MessageKind } from './rules.ts'

/** What waits for somebody and would come within this time goes along with the letter that goes now. */
export const bundleMinutes = 10

/** Kinds that may stand in one letter with others: no calendar part, no secret of their own, nobody stands at a door. */
export const joining: MessageKind[] = [
  'reminder-days',
  'reminder-day',
  'reminder-hours',
  'outcome-asked',
  'answer-declined',
  'contact-wrote',
  'request-withdrawn',
  'digest-day',
  'digest-week',
  'substitution-filled',
  'substitution-escalated',
  'feedback-asked',
]
