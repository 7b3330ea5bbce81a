import type { Fields } from './form-rules.ts'

/** The form of the board that all offers share which have none of their own beside the inbox. */
export const sharedForm = 'offer-any'

type Offered = { startsAt: string; minutes: number; speakers: string[] }

/** An offer as the value of one button: `2026-11-25T10:00/45/<speaker>,<speaker>`. */
export const asValue = ({ startsAt, minutes, speakers }: Offered): string =>
  `${startsAt}/${minutes}/${speakers.join(',')}`

/** The fields of a booking, unfolded from the button of the board where it was sent by one. */
export function unfolded({ offer, ...fields }: Fields): Fields {
  if (typeof offer !== 'string') return fields
  const [startsAt = '', minutes = '', speakers = ''] = offer.split('/')
  return { ...fields, startsAt, minutes, speakers: speakers.split(',') }
}
