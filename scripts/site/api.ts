/** The pages of the library: every public name with its comment and its declaration, read off the compiled declarations. */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { compile, rings, root } from '../declarations.mjs'
import { addressOfRing } from './pages.ts'

interface Documented {
  readonly name: string
  readonly words: string
  readonly examples: readonly string[]
  readonly declarations: readonly string[]
  /** Whether it is a type alone, which no program holds. */
  readonly isType: boolean
}

const textOf = (parts: readonly ts.SymbolDisplayPart[] | undefined): string =>
  ts.displayPartsToString([...(parts ?? [])])

/** A comment's `{@link name}` as the name. */
const unlinked = (text: string): string => text.replace(/\{@link ([^}|]+)(?:\|[^}]*)?\}/g, '`$1`')

/** The declaration as it is written, without what is said of it as a whole. */
function declared(node: ts.Declaration): string {
  const whole = ts.isVariableDeclaration(node) ? node.parent.parent : node
  const text = whole.getText().replace(/^export (default )?(declare )?/, '')
  return text.length > 6000 ? `${text.slice(0, 6000)}\n…` : text
}

function documented(symbol: ts.Symbol, checker: ts.TypeChecker): Documented {
  const own = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
  const tags = own.getJsDocTags(checker)
  const said = (name: string) =>
    tags.filter((tag) => tag.name === name).map(({ text }) => unlinked(textOf(text)))
  return {
    name: symbol.name,
    words: unlinked(textOf(own.getDocumentationComment(checker))),
    examples: said('example'),
    declarations: (own.declarations ?? []).map(declared),
    isType: (own.flags & ts.SymbolFlags.Value) === 0,
  }
}

/** Public names by entry. */
async function publicNames(): Promise<Map<string, Documented[]>> {
  mkdirSync(join(root, '.cache'), { recursive: true })
  const folder = mkdtempSync(join(root, '.cache', 'site-api-'))
  try {
    await compile(folder)
    const files = Object.values(rings).map((name) => join(folder, 'rings', `${name}.d.ts`))
    if (!files.every((path) => existsSync(path))) throw new Error('the declarations are not there')
    const program = ts.createProgram(files, {
      module: ts.ModuleKind.NodeNext,
      target: ts.ScriptTarget.ES2023,
      types: ['node'],
      skipLibCheck: true,
    })
    const checker = program.getTypeChecker()
    return new Map(
      Object.keys(rings).map((ring, at) => {
        const source = program.getSourceFile(files[at])
        const module = source && checker.getSymbolAtLocation(source)
        const names = module ? checker.getExportsOfModule(module).map((one) => documented(one, checker)) : []
        return [ring, names.sort((a, b) => a.name.localeCompare(b.name))]
      }),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function section({ name, words, examples, declarations }: Documented): string {
  const shown = examples.map((one) => (one.includes('```') ? one : `\`\`\`ts\n${one}\n\`\`\``))
  return [`### ${name}`, words, `\`\`\`ts\n${declarations.join('\n\n')}\n\`\`\``, ...shown].join('\n\n')
}

/** Names under a heading, where there are any. */
const group = (title: string, names: readonly Documented[]): string =>
  names.length > 0 ? `## ${title}\n\n${names.map(section).join('\n\n')}\n` : ''

const listed = (names: readonly Documented[], link: (name: string) => string | undefined): string =>
  names.map(({ name }) => `[\`${name}\`](${link(name)})`).join(' ')

interface Api {
  /** Markdown by address: a page for each entry, and `api`, which lists all names. */
  readonly pages: Readonly<Record<string, string>>
  /** Where a name stands: on the page of the entry that it is at home in. */
  readonly link: (name: string) => string | undefined
}

export async function apiPages(): Promise<Api> {
  const all = await publicNames()
  const places = new Map<string, string>()
  const homes = [...all].map(([ring, names]) => {
    // What a page imports is on the page of `betavae`, too, and told there.
    const own = names.filter(({ name }) => !places.has(name))
    for (const { name } of own)
      places.set(name, `${addressOfRing(ring)}.html#${name.toLowerCase().replace(/[^\p{L}\p{N}_-]/gu, '')}`)
    return { ring, names, own }
  })
  const link = (name: string) => places.get(name)
  const pages = homes.map(({ ring, names, own }) => {
    const elsewhere = names.filter((one) => !own.includes(one))
    const also =
      elsewhere.length > 0 ? `Also here, and told under \`betavae\`: ${listed(elsewhere, link)}` : ''
    const [types, values] = [true, false].map((isType) => own.filter((one) => one.isType === isType))
    const parts = [group('Functions and values', values), group('Types', types)]
    return [
      addressOfRing(ring),
      `# ${ring}\n\n\`\`\`ts\nimport { … } from '${ring}'\n\`\`\`\n\n${also}\n\n${parts.join('\n')}`,
    ] as const
  })
  const lists = homes.map(
    ({ ring, names, own }) =>
      `## [${ring}](${addressOfRing(ring)}.html)\n\n${listed(own.length > 0 ? own : names, link)}\n`,
  )
  const overview = `# The library\n\nEvery name that the package exports, by where it is imported from. Losses are in nats per example; arrays cross the boundary as numbers with a shape.\n\n${lists.join('\n')}`
  return { pages: { ...Object.fromEntries(pages), api: overview }, link }
}
