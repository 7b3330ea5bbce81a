import { type AskedTopic, countOf, type Problem, type Reading, reading, type TypedTopic } from './rules.ts'

export type Askable = {
  id: string
  slug: string
  audiences: string[]
  grades: { from: number; to: number } | undefined
}

/** The first step: a topic of the catalogue, one of its audiences, and for pupils their grades. */
export function readTopic(typed: TypedTopic, topics: Askable[]): Reading<AskedTopic> {
  const topic = topics.find(({ slug }) => slug === typed.topic)
  if (!topic) return { problems: [{ field: 'topic', code: 'topic-missing' }], value: undefined }
  const audience = topic.audiences.length === 1 ? (topic.audiences[0] ?? '') : typed.audience
  const problems: Problem[] = []
  if (!topic.audiences.includes(audience)) problems.push({ field: 'audience', code: 'audience-missing' })
  const grades = audience === 'pupils' ? typed.grades.map(countOf) : []
  const { from, to } = topic.grades ?? { from: 0, to: 12 }
  if (audience === 'pupils') {
    if (grades.length === 0) problems.push({ field: 'grades', code: 'grades-missing' })
    else if (grades.some(grade => grade === undefined || grade < from || grade > to))
      problems.push({ field: 'grades', code: 'grades-outside', least: from, most: to })
  }
  return reading(problems, () => ({
    topicId: topic.id,
    audience,
    grades: grades.filter(grade => grade !== undefined).sort((a, b) => a - b),
  }))
}
