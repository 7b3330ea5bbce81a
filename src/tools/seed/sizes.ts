/** How much there is of everything, after the load table of domain.md section 10. */
export const sizes = {
  small: { houses: 2, speakers: 30, hosts: 60, perDay: 4, weeksBehind: 8, weeksAhead: 8, waiting: 11 },
  city: { houses: 2, speakers: 120, hosts: 1077, perDay: 36, weeksBehind: 44, weeksAhead: 8, waiting: 100 },
  region: { houses: 3, speakers: 160, hosts: 400, perDay: 6, weeksBehind: 44, weeksAhead: 8, waiting: 50 },
  nation: { houses: 32, speakers: 155, hosts: 620, perDay: 25, weeksBehind: 44, weeksAhead: 8, waiting: 120 },
} as const

export type Size = keyof typeof sizes
export const isSize = (text: string | undefined): text is Size => text !== undefined && text in sizes
