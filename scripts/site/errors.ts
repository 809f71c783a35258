/** The page of errors, read off the sources: what is seen, what is wanted, what to do, and a message as a test keeps it. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

/** One place in the sources that says an error; words that are filled in stand as ‹name›. */
export type Said = { readonly code: string } & (
  | { readonly seen: string; readonly wanted: string; readonly fix: string }
  // A warning: the work goes on.
  | { readonly message: string }
)

const PARTS = ['seen', 'wanted', 'fix'] as const
const CODE = /^[a-z0-9]+(-[a-z0-9]+)*\/[a-z0-9]+(-[a-z0-9]+)*$/

const nameOf = (node: ts.Expression): string => {
  if (ts.isIdentifier(node)) return node.text
  if (ts.isPropertyAccessExpression(node)) return node.name.text
  if (ts.isCallExpression(node))
    return node.arguments.length > 0 ? nameOf(node.arguments[0]) : nameOf(node.expression)
  if (ts.isElementAccessExpression(node)) return nameOf(node.expression)
  return '…'
}

/** What an expression says, with names for what is filled in. */
function wordsOf(node: ts.Expression): string {
  if (ts.isStringLiteralLike(node)) return node.text
  if (ts.isTemplateExpression(node))
    return (
      node.head.text + node.templateSpans.map((span) => filled(span.expression) + span.literal.text).join('')
    )
  if (ts.isConditionalExpression(node)) return `${wordsOf(node.whenTrue)} (or: ${wordsOf(node.whenFalse)})`
  if (ts.isParenthesizedExpression(node)) return wordsOf(node.expression)
  if (ts.isBinaryExpression(node)) {
    const [left, right] = [wordsOf(node.left), wordsOf(node.right)]
    return node.operatorToken.kind === ts.SyntaxKind.PlusToken ? left + right : `${left} (or: ${right})`
  }
  return filled(node)
}

/** A choice of words is said whole where it stands within others. */
function filled(node: ts.Expression): string {
  const isChoice = ts.isConditionalExpression(node) && ts.isStringLiteralLike(node.whenTrue)
  return isChoice ? wordsOf(node.whenTrue) : `‹${nameOf(node)}›`
}

/** What models and objectives are chosen by. */
const CHOSEN = ['term', 'likelihood', 'architecture', 'latent', 'prior', 'optimizer']
/** What stands in codes that are put together, by their beginning. */
const FILLED: Readonly<Record<string, readonly string[]>> = {
  'choice/': CHOSEN,
  'choice/unknown-': CHOSEN,
  'engine/no-': ['native', 'webgpu', 'wasm'],
}

/** The code of an error; both where it is one of two, all where it is put together. */
function codesOf(node: ts.Expression | undefined): string[] {
  if (node && ts.isIdentifier(node)) {
    const constant = new RegExp(`const ${node.text} = '(.+)'`).exec(node.getSourceFile().text)
    return constant && CODE.test(constant[1]) ? [constant[1]] : []
  }
  if (node && ts.isConditionalExpression(node)) return [...codesOf(node.whenTrue), ...codesOf(node.whenFalse)]
  if (node && ts.isTemplateExpression(node)) {
    const { head, templateSpans } = node
    return (FILLED[head.text] ?? []).map((word) => head.text + word + templateSpans[0].literal.text)
  }
  return node && ts.isStringLiteralLike(node) && CODE.test(node.text) ? [node.text] : []
}

/** What is said in a call: `warning(code, message)`, or `complain(code, seen, wanted, fix)`. */
function saidInCall({ expression, arguments: [first, ...rest] }: ts.CallExpression): Said[] {
  const name = ts.isIdentifier(expression) ? expression.text : ''
  const words = rest.map(wordsOf)
  return codesOf(first).flatMap((code): Said[] => {
    if (name === 'warning') return [{ code, message: words[0] }]
    return name === 'complain' ? [{ code, seen: words[0], wanted: words[1], fix: words[2] }] : []
  })
}

/** All errors of a source. */
export function errorsIn(text: string, path: string): Said[] {
  const said: Said[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) said.push(...saidInCall(node))
    if (ts.isObjectLiteralExpression(node)) {
      const own = new Map<string, ts.Expression>()
      for (const property of node.properties)
        if (ts.isPropertyAssignment(property)) own.set(property.name.getText(), property.initializer)
        else if (ts.isShorthandPropertyAssignment(property)) own.set(property.name.text, property.name)
      const codes = codesOf(own.get('code'))
      const message = own.get('message')
      if (message && !own.has('fix')) for (const code of codes) said.push({ code, message: wordsOf(message) })
      if (own.has('fix')) {
        const [seen, wanted, fix] = PARTS.map((part) => {
          const value = own.get(part)
          return value ? wordsOf(value) : '‹…›'
        })
        for (const code of codes) said.push({ code, seen, wanted, fix })
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true))
  return said
}

const sources = (root: string, pattern: string) => globSync(pattern, { cwd: root }).sort()

/** Errors and warnings of the whole of src/, by code; those whose code is made up elsewhere by their message in a test. */
export function allErrors(root: string): Map<string, Said[]> {
  const byCode = new Map<string, Said[]>()
  for (const path of sources(root, 'src/**/*.{ts,svelte}')) {
    if (/\.(test|testing|packed)\.ts$/.test(path)) continue
    for (const one of errorsIn(readFileSync(join(root, path), 'utf8'), path))
      byCode.set(one.code, [...(byCode.get(one.code) ?? []), one])
  }
  // What is no name of a part is told by one function for all kinds of parts, which is given the code.
  for (const kind of CHOSEN)
    byCode.set(`choice/unknown-${kind}`, [
      {
        code: `choice/unknown-${kind}`,
        seen: `${kind} "‹name›"`,
        wanted: `the name of a ${kind} that there is, which the message lists`,
        fix: 'name one of those',
      },
    ])
  for (const [code, message] of keptMessages(root)) {
    const [, seen, wanted, fix] = /^(.*?); wanted (.*)\. Fix: (.*)\. \[/.exec(message) ?? []
    if (!byCode.has(code) && seen !== undefined) byCode.set(code, [{ code, seen, wanted, fix }])
  }
  return new Map([...byCode].sort(([a], [b]) => a.localeCompare(b)))
}

/** Whole messages that tests hold to the letter, by code: the shortest of each. */
export function keptMessages(root: string): Map<string, string> {
  const kept = new Map<string, string>()
  for (const path of [
    ...sources(root, '{src,test}/**/*.test.ts'),
    ...sources(root, '{src,test}/**/*.snap'),
  ]) {
    const text = readFileSync(join(root, path), 'utf8')
    for (const [, message, code] of text.matchAll(
      /(?:BetavaeError: |^ *"?|')((?:(?!BetavaeError: )[^\n])+?; wanted [^\n]+?\. Fix: [^\n]+?\. \[([a-z0-9-]+\/[a-z0-9-]+)\])/gm,
    )) {
      const before = kept.get(code)
      const plain = message.replaceAll('\\\\', '\\').replaceAll('\\`', '`').replaceAll('\\"', '"').trim()
      if (plain.includes('${') || plain.includes("', '")) continue
      if (before === undefined || plain.length < before.length) kept.set(code, plain)
    }
  }
  return kept
}

/** Parts of the house by the first words of their codes. */
const about: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(import.meta.dirname, 'error-groups.json'), 'utf8'),
)

const code = (text: string): string => `\`${text.replaceAll('`', 'ˋ')}\``
const plain = (text: string): string =>
  text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ')

/** One wording: what was seen, why that cannot be, what to do. */
const wording = (one: Said): string =>
  'message' in one
    ? `**A warning:** ${plain(one.message)}. The work goes on.`
    : `**Seen:** ${plain(one.seen)}.<br>**Wanted:** ${plain(one.wanted)}.<br>**What to do:** ${plain(one.fix)}.`

function entry(name: string, said: readonly Said[], kept: string | undefined): string {
  // Where the fix is handed in from elsewhere, another wording has it.
  const whole = said.filter((one) => 'message' in one || one.fix !== '‹fix›')
  const all = [...new Set((whole.length > 0 ? whole : said).map(wording))]
  const ways = all.length > 1 ? all.map((one) => `- ${one}`) : all
  const [first] = whole.length > 0 ? whole : said
  const made =
    'message' in first ? first.message : `${first.seen}; wanted ${first.wanted}. Fix: ${first.fix}. [${name}]`
  return `### ${name}\n\n\`\`\`text\n${kept ?? made}\n\`\`\`\n\n${ways.join('\n')}\n`
}

export function errorsPage(root: string): string {
  const kept = keptMessages(root)
  const all = allErrors(root)
  const groups = Map.groupBy(all.keys(), (name) => name.split('/')[0])
  const sections = [...groups].map(
    ([group, names]) =>
      `## ${group}\n\n${about[group] ?? ''}\n\n${names.map((name) => entry(name, all.get(name) ?? [], kept.get(name))).join('\n')}`,
  )
  return `# Errors and what to do

Every error ends with its code in brackets, such as \`[cli/unknown-option]\`. It says what was seen, what was wanted, and how to mend it. This page is read off the sources: it has every code, a message as it may appear, and all wordings. Words in ‹ › are filled in. From code an error is a ${code('BetavaeError')} with ${code('code')}, ${code('seen')}, ${code('wanted')} and ${code('fix')}; the command line ends with 2 where your words were off and with 1 where the work failed. \`--debug\` with any command says where an error came from.

${sections.join('\n')}`
}
