/** What a speaker gives of themself: each list by codes or ids. */
export type Work = { languages: string[]; home: string; districts: string[]; topics: string[] }
export type WorkMistake = 'languages' | 'home'
/** What there is to choose from. */
export type WorkKnown = { languages: readonly string[]; districts: string[]; ofGroups: string[]; topics: string[] }

/** What a form says, of what is known; the rest of it is left out. */
export function workOf(
  sent: { languages: string[]; home: string; districts: string[]; topics: string[] },
  known: WorkKnown,
): Work | { mistakes: WorkMistake[] } {
  const languages = known.languages.filter(each => sent.languages.includes(each))
  const mistakes: WorkMistake[] = [
    ...(languages.length > 0 ? [] : (['languages'] as const)),
    ...(known.districts.includes(sent.home) ? [] : (['home'] as const)),
  ]
  if (mistakes.length > 0) return { mistakes }
  const open = placesOf(known)
  const districts = open.filter(each => sent.districts.includes(each))
  return {
    languages,
    home: sent.home,
    // all of them is no choice: a district that comes to the group later belongs to it
    districts: districts.length === open.length ? [] : districts,
    topics: known.topics.filter(each => sent.topics.includes(each)),
  }
}

/** Where a speaker may choose to go: the districts of their groups, else the House's. */
export const placesOf = ({ districts, ofGroups }: Pick<WorkKnown, 'districts' | 'ofGroups'>): string[] =>
  ofGroups.length > 0 ? districts.filter(each => ofGroups.includes(each)) : districts

/** What is wished beyond what holds; nothing when both are the same, or when nothing is wished at all. */
export function wishOver(wished: string[], held: string[], all: string[]): string[] {
  // no topic of one's own means every topic of the profession
  const now = new Set(held.length > 0 ? held : all)
  return wished.length === 0 || (wished.length === now.size && wished.every(each => now.has(each))) ? [] : wished
}
