/** Which talks a figure counts. */
export const fates = ['held', 'not-held', 'cancelled', 'open', 'confirmed', 'answered', 'asked', 'programme'] as const
export type Fate = (typeof fates)[number]
export const fateOf = (text: string): Fate | undefined => fates.find(each => each === text)
