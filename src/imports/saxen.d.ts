declare module 'saxen' {
  /** Reads XML from left to right; knows no entities but the five and numbers, so none can grow. */
  export class Parser {
    on(
      event: 'openTag',
      told: (name: string, attributes: () => Record<string, string>, decode: (text: string) => string) => void,
    ): this
    on(event: 'closeTag', told: (name: string) => void): this
    on(event: 'text' | 'cdata', told: (text: string, decode?: (text: string) => string) => void): this
    on(event: 'error', told: (error: Error) => void): this
    parse(xml: string): void
  }
}
