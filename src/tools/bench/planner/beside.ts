import { setTimeout as pause } from 'node:timers/promises'
import { clockFrom, plusDays, wallOf } from '../../../base/time.ts'
import type { Size } from '../../seed/sizes.ts'
import { ratio, tell, timesOf } from '../measure.ts'
import { demonstration } from '../running.ts'
import { load } from './whole-month.ts'

const [port, answers, between] = [3968, 400, 10]
const pages = ['/app', '/app/week', '/kk/h/almaty']

/** How long pages take while a plan is searched for in the same process, against the same process idle. */
export async function besidePlan(size: Size): Promise<void> {
  const running = await demonstration(size, port)
  const { baseUrl, accounts, requests } = running.said
  const { cookie } = accounts.coordinator
  const page = async (n: number) => {
    const answer = await fetch(`${baseUrl}${pages[n % pages.length]}`, { headers: { cookie } })
    await answer.text()
  }
  const breathe = () => pause(between)
  const send = async (path: string, fields: [string, string][]) => {
    const headers = { cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }
    const body = new URLSearchParams(fields)
    const answer = await fetch(`${baseUrl}${path}`, { method: 'POST', redirect: 'manual', headers, body })
    return answer.headers.get('location') ?? ''
  }
  const idle = await timesOf(answers, page, breathe)
  const today = wallOf(clockFrom()(), 'Asia/Almaty').day
  const later = plusDays(today, 27)
  const chosen = requests.waiting.map(number => ['requests', String(number)] as [string, string])
  const path = await send('/app/planner', [
    ...([
      ['from', today],
      ['to', later],
      ['seconds', '300'],
      ['moves', 'all'],
    ] as [string, string][]),
    ...chosen,
  ])
  if (!path) throw new Error('the plan was refused')
  const busy = await timesOf(answers, page, breathe)
  const draft = await (await fetch(`${baseUrl}${path}`, { headers: { cookie } })).text()
  await send(`${path}/stop`, [])
  tell('beside-a-plan', {
    ...{
      size,
      load: load(),
      what: 'pages while a plan is searched for',
      requests: chosen.length,
      searching: draft.includes('data-follow'),
    },
    ...{ idleP50: idle.p50, idleP99: idle.p99, busyP50: busy.p50, busyP99: busy.p99, ratio: ratio(busy.p99, idle.p99) },
  })
  await running.stop()
}
