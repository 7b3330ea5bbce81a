import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openDatabase } from '../../../base/db/open.ts'
import { openJobs } from '../../../base/jobs.ts'
import { type Mailer, smtpMailer } from '../../../base/mail.ts'
import { TakenOver as TakenOverError } from '../../../messages/postman.ts'
import { complain } from '../../../run.ts'
import { startWorker } from '../../../worker.ts'
import { flags, thrifty } from '../running.ts'

/** What each step may last here: a server that hangs must not make a run take hours. */
export const limits = { connect: 1500, greet: 1500, resolve: 1500, idle: 2000, whole: 3000 }

export type Kill = { by: string; at: number }
/** What a sender itself says of a letter that it takes for undelivered. */
export type Doubt = { messageId: string; by: string; reply: string; at: number }
/** A letter that somebody else had taken over by the time its sender noted how it ended. */
export type TakenOver = { id: string; by: string }
export type Crew = {
  kills: Kill[]
  doubts: Doubt[]
  takenOver: TakenOver[]
  /** Ends of processes that nobody killed. */
  falls: string[]
  kill: () => void
  /** Waits until no worker has a letter in hand. */
  idle: () => Promise<void>
  stop: () => Promise<void>
}
type Hand = { by: string; child: ChildProcess; ready: boolean; killed: boolean }

/** Worker processes with names; one that is killed is started anew at once. */
export function startCrew(count: number, environment: Record<string, string>, port: number): Crew {
  const [kills, falls, doubts] = [[] as Kill[], [] as string[], [] as Doubt[]]
  const takenOver: TakenOver[] = []
  let [serial, over] = [0, false]
  const hands: Hand[] = []
  const start = () => {
    const by = `worker-${++serial}`
    const child = spawn(process.execPath, [...flags, import.meta.filename], {
      env: { ...process.env, ...thrifty, ...environment, SMTP_URL: `smtp://127.0.0.1:${port}?name=${by}` },
      stdio: ['ignore', 'ignore', process.env['FAULTS_LOG'] ? 'inherit' : 'ignore', 'ipc'],
    })
    const hand: Hand = { by, child, ready: false, killed: false }
    hands.push(hand)
    child.on('message', said => {
      if (said === 'ready') hand.ready = true
      else if (typeof said === 'object' && said !== null && 'lost' in said) {
        for (const id of said.lost as string[]) takenOver.push({ id, by })
      } else if (typeof said === 'object')
        doubts.push({ ...(said as Pick<Doubt, 'messageId' | 'reply'>), by, at: performance.now() })
    })
    child.on('exit', (code, signal) => {
      hands.splice(hands.indexOf(hand), 1)
      if (over) return
      // one that finds no database while it starts ends, as a service manager expects
      if (hand.ready && !hand.killed) falls.push(`${by} ended with ${code ?? signal}`)
      start()
    })
  }
  for (let n = 0; n < count; n++) start()
  return {
    kills,
    doubts,
    takenOver,
    falls,
    kill: () => {
      const able = hands.filter(it => it.ready && !it.killed)
      const hand = able[Math.floor(Math.random() * able.length)]
      if (!hand) return
      hand.killed = true
      kills.push({ by: hand.by, at: performance.now() })
      hand.child.kill('SIGKILL')
    },
    idle: async () => {
      // one that has not yet said it is ready may have taken letters up already
      await Promise.all(hands.filter(it => !it.killed).map(isIdle))
    },
    stop: async () => {
      over = true
      await Promise.all(
        hands.map(async ({ child }) => {
          child.kill('SIGTERM')
          const late = setTimeout(() => child.kill('SIGKILL'), 10_000)
          await once(child, 'exit')
          clearTimeout(late)
        }),
      )
    },
  }
}

/** Whoever has died has nothing in hand either. */
async function isIdle({ child }: Hand): Promise<void> {
  await new Promise<void>(resolve => {
    const end = () => {
      child.off('message', hear).off('exit', end)
      resolve()
    }
    const hear = (said: unknown) => {
      if (said === 'idle') end()
    }
    child.on('message', hear).on('exit', end)
    child.send('idle?', error => {
      if (error) end()
    })
  })
}

/** The worker of the product with shorter limits; it says when it has no letter in hand. */
async function work(): Promise<void> {
  const { DATABASE_URL: url = '', SMTP_URL: smtp = '', APP_SECRET: secret = '' } = process.env
  const say = complain('worker')
  const onFault = (error: unknown) => {
    if (error instanceof TakenOverError) process.send?.({ lost: error.letters })
    say(error)
  }
  const database = await openDatabase({ url }, onFault)
  const jobs = await openJobs(database, onFault)
  const smtpOut = smtpMailer(smtp, limits)
  const mailer: Mailer = {
    send: async mail => {
      const handed = await smtpOut.send(mail)
      if ('later' in handed) process.send?.({ messageId: mail.messageId, reply: handed.later })
      return handed
    },
    close: smtpOut.close,
  }
  const config = {
    publicUrl: 'http://127.0.0.1:3000',
    secret,
    mailFrom: 'kezdesu@kezdesu.example',
    replies: { imapUrl: undefined, listen: undefined, mailServer: undefined },
  }
  const worker = await startWorker({ db: database.db, jobs, mailer, config }, onFault)
  process.on('message', async () => {
    await worker.idle()
    process.send?.('idle')
  })
  process.once('SIGTERM', async () => {
    await worker.stop()
    await jobs.stop()
    mailer.close()
    await database.close()
    process.exit(0)
  })
  process.once('disconnect', () => process.exit(1))
  process.send?.('ready')
}

if (import.meta.main)
  await work().catch(error => {
    complain('start')(error)
    process.exit(2)
  })
