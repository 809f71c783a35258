/** Colors code: TypeScript by its own scanner, command lines by what is said of them. */
import ts from 'typescript'

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const { SyntaxKind } = ts

function kindOf(token: ts.SyntaxKind): string | undefined {
  if (token >= SyntaxKind.FirstKeyword && token <= SyntaxKind.LastKeyword) return 'keyword'
  if (token === SyntaxKind.SingleLineCommentTrivia || token === SyntaxKind.MultiLineCommentTrivia)
    return 'comment'
  if (token === SyntaxKind.NumericLiteral) return 'number'
  if (token === SyntaxKind.StringLiteral || token === SyntaxKind.RegularExpressionLiteral) return 'string'
  if (token >= SyntaxKind.FirstTemplateToken && token <= SyntaxKind.LastTemplateToken) return 'string'
  return undefined
}

/** Words such as `type` and `symbol` are names where a property or a method is called so. */
const isName = (token: ts.SyntaxKind, before: string, after: string): boolean =>
  token > SyntaxKind.LastReservedWord &&
  token <= SyntaxKind.LastKeyword &&
  (before.endsWith('.') || /^\s*[?]?[:(]/.test(after))

/** Token by token; a brace that ends what stands in a template goes on with the template. */
function templateTokens(scanner: ts.Scanner): () => ts.SyntaxKind {
  /** Braces that are open within each template. */
  const open: number[] = []
  return () => {
    const token = scanner.scan()
    const depth = open.length - 1
    if (token === SyntaxKind.TemplateHead) open.push(0)
    else if (depth >= 0 && token === SyntaxKind.OpenBraceToken) open[depth]++
    else if (depth >= 0 && token === SyntaxKind.CloseBraceToken && open[depth]-- === 0) {
      const rest = scanner.reScanTemplateToken(false)
      open[depth] = 0
      if (rest === SyntaxKind.TemplateTail) open.pop()
      return rest
    }
    return token
  }
}

/** `link` gives the address of a name that has one. */
function typescript(code: string, link: (name: string) => string | undefined): string {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.Standard, code)
  const next = templateTokens(scanner)
  let html = ''
  let before = ''
  for (let token = next(); token !== SyntaxKind.EndOfFileToken; token = next()) {
    const text = scanner.getTokenText()
    const kind = isName(token, before, code.slice(scanner.getTokenEnd())) ? undefined : kindOf(token)
    // What stands behind a dot is of something else, whatever it is called.
    const address = token === SyntaxKind.Identifier && !before.endsWith('.') ? link(text) : undefined
    before = text
    if (address !== undefined) html += `<a href="${address}">${escaped(text)}</a>`
    else html += kind === undefined ? escaped(text) : `<span class="${kind}">${escaped(text)}</span>`
  }
  return html
}

const shell = (code: string): string =>
  escaped(code).replace(/(^|\s)(#.*)$/gm, '$1<span class="comment">$2</span>')

export function highlighted(
  code: string,
  language: string,
  link: (name: string) => string | undefined = () => undefined,
): string {
  if (/^(ts|js|typescript|javascript)$/.test(language)) return typescript(code, link)
  return /^(sh|bash|shell)$/.test(language) ? shell(code) : escaped(code)
}
