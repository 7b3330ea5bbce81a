import { createServer } from 'node:net'

/** A port from `least` on that nobody listens on, below those that outgoing connections take. */
export async function freePort(least: number): Promise<number> {
  for (let port = least + (process.pid % 2000); ; port++) {
    const free = await new Promise<boolean>(resolve => {
      const probe = createServer()
        .once('error', () => resolve(false))
        .once('listening', () => probe.close(() => resolve(true)))
      probe.listen(port, '127.0.0.1')
    })
    if (free) return port
  }
}
