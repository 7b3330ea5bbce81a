/** A figure as Prometheus reads it; several values differ by their labels. */
export type Metric = {
  name: string
  help: string
  type: 'counter' | 'gauge' | 'histogram'
  values: { labels?: Record<string, string>; value: number; suffix?: string }[]
}

export const one = (name: string, help: string, value: number, type: Metric['type'] = 'gauge'): Metric => ({
  name,
  help,
  type,
  values: [{ value }],
})

/** The text of Prometheus, version 0.0.4. */
export const textOf = (metrics: Metric[]): string => metrics.map(said).join('')

const said = ({ name, help, type, values }: Metric): string =>
  `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${values
    .map(({ labels = {}, value, suffix = '' }) => `${name}${suffix}${labelsSaid(labels)} ${value}\n`)
    .join('')}`

function labelsSaid(labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}="${escaped(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join()}}`
}

const escaped = (value: string) => value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')

type Answered = { method: string; route: string; status: string; counts: number[]; seconds: number }

/** Answers by route and status as a histogram of seconds. */
export function histogram(name: string, help: string, bounds: number[], answered: Iterable<Answered>): Metric {
  const values = [...answered].flatMap(({ counts, seconds, ...labels }) => {
    let sum = 0
    const upTo = counts.map((count, at) => {
      sum += count
      return { suffix: '_bucket', labels: { ...labels, le: String(bounds[at] ?? '+Inf') }, value: sum }
    })
    return [...upTo, { suffix: '_sum', labels, value: seconds }, { suffix: '_count', labels, value: sum }]
  })
  return { name, help, type: 'histogram', values }
}
