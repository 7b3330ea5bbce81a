import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Test } from 'tap'
import { freePort } from './free-port.ts'

const program = '/usr/sbin/dovecot'

/** Whether a real IMAP server can be had; with CI set it must. */
export function hasDovecot(): boolean {
  const found = existsSync(program) && existsSync('/usr/lib/dovecot/imap')
  if (!found && process.env['CI']) throw new Error('CI must have dovecot-imapd')
  return found
}

/** A dovecot of this test alone: its own folder, one user, plain IMAP on the loopback; gone with the test. */
export async function dovecot(t: Test): Promise<{ url: string; restart: () => Promise<void> }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'kezdesu-dovecot-'))
  const port = await freePort(30_000)
  const root = process.getuid?.() === 0
  // as root dovecot gives its mail to somebody else; as anybody else everything is of one hand
  const user = root ? 'nobody' : userInfo().username
  mkdirSync(path.join(folder, 'mail'), { mode: 0o777 })
  chmodSync(folder, 0o755)
  chmodSync(path.join(folder, 'mail'), 0o777)
  writeFileSync(path.join(folder, 'users'), 'bron:{PLAIN}secret@1::::::\n')
  writeFileSync(
    path.join(folder, 'dovecot.conf'),
    `base_dir = ${folder}/run
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
first_valid_uid = 1
mail_location = maildir:${folder}/mail
default_login_user = ${root ? 'nobody' : user}
default_internal_user = ${root ? 'nobody' : user}
default_internal_group = ${root ? 'nogroup' : user}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
passdb {
  driver = passwd-file
  args = ${folder}/users
}
userdb {
  driver = static
  args = uid=${user} gid=${root ? 'nogroup' : user} home=${folder}/mail
}
`,
  )
  let server: ChildProcess | undefined
  const start = async () => {
    server = spawn(program, ['-F', '-c', path.join(folder, 'dovecot.conf')], { stdio: 'ignore' })
    await reached(port)
  }
  const stop = async () => {
    const ending = server
    if (!ending || ending.exitCode !== null) return
    const ended = new Promise(resolve => ending.once('exit', resolve))
    ending.kill('SIGTERM')
    await ended
  }
  await start()
  t.teardown(async () => {
    await stop()
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    url: `imap://bron:secret%401@127.0.0.1:${port}/INBOX`,
    restart: async () => {
      await stop()
      await start()
    },
  }
}

async function reached(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const open = await new Promise<boolean>(resolve => {
      const socket = connect(port, '127.0.0.1')
        .once('connect', () => resolve(true))
        .once('error', () => resolve(false))
      socket.once('close', () => socket.destroy())
      setTimeout(() => socket.destroy(), 1000).unref()
    })
    if (open) return
    await pause(100)
  }
  throw new Error('dovecot does not start')
}
