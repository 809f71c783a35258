/** What we use of markdown-it, which brings no types. */
declare module 'markdown-it' {
  export interface Token {
    type: string
    tag: string
    info: string
    content: string
    attrs: [string, string][] | null
    readonly children: Token[] | null
    attrGet(name: string): string | null
    attrSet(name: string, value: string): void
  }
  type Rule = (tokens: Token[], at: number) => string
  export default class MarkdownIt {
    constructor(options?: { html?: boolean })
    readonly options: object
    readonly renderer: {
      readonly rules: Record<string, Rule>
      render(tokens: Token[], options: object, environment: object): string
    }
    parse(text: string, environment: object): Token[]
  }
}
