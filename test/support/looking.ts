import type { Test } from 'tap'
import { world } from '../world.ts'

// started by a test with TEST_LOG, so that what the application logs can be read: one page that is logged, and those that are not
const ends: (() => Promise<void>)[] = []
const { app } = await world({ teardown: (end: () => Promise<void>) => ends.push(end) } as unknown as Test)
for (const url of ['/kk/topics', '/kk/help', '/ru/help/sheet'])
  await app.inject({ url, remoteAddress: '203.0.113.7', headers: { 'user-agent': 'somebody' } })
for (const end of ends) await end()
