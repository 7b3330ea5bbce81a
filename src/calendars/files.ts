/**
 * Finished files of calendars that many read, the least lately read leave first. The key is all a file is made of, as its
 * tag says it: what a program may keep by the tag, we may, too.
 */
export function filesOf(mostBytes: number) {
  const files = new Map<string, Buffer>()
  let bytes = 0
  const drop = (key: string, file: Buffer) => {
    files.delete(key)
    bytes -= file.length
  }
  return {
    find: (key: string): Buffer | undefined => {
      const file = files.get(key)
      if (file) {
        files.delete(key)
        files.set(key, file)
      }
      return file
    },
    keep: (key: string, text: string): Buffer => {
      const file = Buffer.from(text)
      const before = files.get(key)
      if (before) drop(key, before)
      if (file.length > mostBytes) return file
      files.set(key, file)
      bytes += file.length
      for (const [oldest, its] of files) {
        if (bytes <= mostBytes) break
        drop(oldest, its)
      }
      return file
    },
  }
}
