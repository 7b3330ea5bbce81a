import { askThread } from '../base/thread.ts'
import type { Line, Refused } from '../imports/rules.ts'
import { limits } from '../imports/work.ts'

const thread = new URL('./table-thread.ts', import.meta.url)

/** The lines of a file that an editor sends back, taken apart where it can harm nobody. */
export const readLines = async (bytes: Uint8Array): Promise<{ lines: Line[] } | { refused: Refused }> =>
  (await askThread<{ lines: Line[] } | { refused: Refused }>(thread, bytes, limits)) ?? {
    refused: { code: 'too-hard' },
  }
