import { inThree, type Problem, reading, type Said } from '../houses/field-rules.ts'

export type GroupValue = { names: Said; districts: string[]; members: string[] }

export const groupFields = inThree('name')
export const groupLists = ['districts', 'members'] as const
export type GroupSent = {
  texts: Record<(typeof groupFields)[number], string>
  lists: Record<(typeof groupLists)[number], string[]>
  repeated: string[]
}

/** A group may still be without people, but not without a name; without districts its members go everywhere. */
export function readGroup(
  sent: GroupSent,
  known: { districts: string[]; speakers: string[] },
): { value: GroupValue | undefined; problems: Problem[] } {
  const form = reading(sent)
  const value = {
    names: form.said('name_kk', 'name_ru', 'name_en', 150),
    districts: form.some('districts', known.districts),
    members: form.some('members', known.speakers),
  }
  return { value: form.problems.length === 0 ? value : undefined, problems: form.problems }
}

/** The address-like name of a new group, told apart from those that are there. */
export function slugOf(name: string, taken: string[]): string {
  const plain =
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60) || 'group'
  for (let n = 1; ; n++) {
    const slug = n === 1 ? plain : `${plain}-${n}`
    if (!taken.includes(slug)) return slug
  }
}
