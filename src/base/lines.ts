/** Lines of the log that no request writes: to the standard output as ever, and to whoever else is to have them. */
let also: ((line: string) => void) | undefined

export function sendLinesTo(take: typeof also): void {
  also = take
}

export function say(line: Record<string, unknown>): void {
  const text = JSON.stringify(line)
  console.log(text)
  also?.(text)
}

export function sayFault(line: Record<string, unknown>): void {
  const text = JSON.stringify(line)
  console.error(text)
  also?.(text)
}
