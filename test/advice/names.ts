/** Names in advice, and whether there is what they name. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { verbs } from '../../src/apps/cli/commands/index.ts'
import type { OptionTable } from '../../src/apps/cli/options.ts'
import { WITH } from '../../src/apps/cli/with.ts'
import { openApiOf } from '../../src/apps/serve/openapi.ts'
import { operations } from '../../src/inside.node.ts'
import { HOLE, root } from './texts.ts'

export type OptionsByVerb = ReadonlyMap<string, OptionTable>

/** The options of every verb. */
export async function optionsByVerb(): Promise<OptionsByVerb> {
  const all = verbs.map(async ({ name, load }): Promise<[string, OptionTable]> => {
    const { command } = await load()
    return [name, { ...command.optionsOf?.([]), ...command.options }]
  })
  return new Map(await Promise.all(all))
}

/** What other programs are told to do; those that stand here are run by `fixes-of-files.test.ts` where they are installed. */
export const FOREIGN = [
  'libreoffice --convert-to xlsx <file>',
  'bzip2 -d <file>',
  'xz -d <file>',
  'zstd -d <file>',
  '7z x <file>',
  'jq -c ".[]"',
  'tr -d "\\000"',
  'ulimit -n 1024',
  'mogrify -format png <file>',
  'mogrify -format png *⟨…⟩',
]

/** What Python is told, which `python.test.ts` does. */
export const PYTHON = [
  'numpy.savez_compressed',
  'numpy.savez',
  'numpy.save',
  'numpy.ascontiguousarray(array)',
  'numpy.unique(array, return_inverse=True)[1]',
  'array.astype("float64")',
  'numpy.stack([array.real, array.imag], axis=-1)',
  '(array - array.min()) / numpy.timedelta64(1, "s")',
  'array / numpy.timedelta64(1, "s")',
  'numpy.lib.recfunctions.structured_to_unstructured(array)',
  'pandas.DataFrame(array)',
  'array.astype(str)',
  'pyarrow.feather.write_feather(table, path)',
  'pandas.read_html("file")[0]',
  'pandas.read_stata("file")',
  'pandas.read_spss("file")',
  'pandas.read_sas("file", format="sas7bdat")',
  'pandas.read_sas("file", format="xport")',
  'pandas.DataFrame(scipy.io.arff.loadarff("file")[0])',
  'pandas.read_hdf("file")',
  'pandas.read_pickle("file")',
  '.to_csv("table.csv", index=False)',
]

/** Words of other programs and languages that nothing here can run. */
const ELSEWHERE = [
  'without --long or --ultra',
  "ATTACH 'old.duckdb' (STORAGE_VERSION 'v1.0.0'); COPY FROM DATABASE new TO old",
  'write.csv(readRDS("file"), "table.csv", row.names = FALSE); of an .RData file load() it',
  '[{"column": value, …}, …]',
  '{"column": value}',
  '{ column: value }',
  '{ age: 31, city: "Oslo" }',
  'Content-Type: application/jsonl',
  'Authorization: Bearer <key>',
  'X-API-Key',
  'mine=runs/table-1',
]

/** Files that a run has. */
export const IN_A_RUN = ['recipe.json', 'events.jsonl', 'weights.safetensors', 'report.html']

/** Files whose names are examples. */
const EXAMPLES = [
  './name',
  './mine.ts',
  'shop.sqlite#visits',
  'scores.sqlite#scores',
  'filled.csv',
  'out.csv',
  '~/.pgpass',
  'table.csv',
]

const textOf = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8')
const packageJson = JSON.parse(textOf('package.json')) as Record<string, Readonly<Record<string, unknown>>>
const published = textOf('docs', 'api.md')
const installable = ['dependencies', 'optionalDependencies', 'peerDependencies'].flatMap((field) =>
  Object.keys(packageJson[field]),
)
/** Options that every verb takes, and those of npm. */
const EVERYWHERE = [WITH, 'debug', 'help']
const OF_NPM = ['--include=optional', '--ignore-scripts', '--global', '--force']

/** What may stand behind an option and is no value of it. */
const BESIDE = /^(or|and|out|in|into|with|where|which|for|holds|a|beside)$/

/** A kind of name: how it looks, and which of its parts name nothing. */
interface NameKind {
  readonly pattern: RegExp
  missing(groups: readonly (string | undefined)[], options: OptionsByVerb): readonly string[]
}

const isPublished = (name: string): boolean => new RegExp(`\\b${name}\\b`).test(published)
const literal = (words: string): string => words.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
const unless = (isThere: boolean, name = ''): string[] => (isThere ? [] : [name])

const isEncoding = (label: string): boolean => reads(() => new TextDecoder(label))

/** Addresses of a server of models, as its errors name them. */
const addresses = [
  '/openapi.json',
  ...Object.keys(openApiOf([], false).paths as object),
  ...operations.map(({ name }) => `/models/<model>/${name}`),
  '/models/<model>/<operation>',
]

/** What is read of the environment, here and by systems. */
const VARIABLES = ['PGPASSWORD', 'TMPDIR', 'BETAVAE_STUDIO_TOKEN']

/** Names of programs and formats that are written like code, and numbers. */
const PROPER = ['Node.js 22.18', 'Node.js', 'LibreOffice', 'WebP', 'DuckDB', 'RData', 'ImageMagick']

/** The kinds; what is found of one is no longer looked at for the next. */
const kinds: readonly NameKind[] = [
  {
    pattern: new RegExp([...FOREIGN, ...PYTHON, ...ELSEWHERE, ...PROPER].map(literal).join('|')),
    missing: () => [],
  },
  {
    pattern: /\bp?npm install ([^,;)]*?)(?= here\b|[,;)]|$)/,
    missing: ([, words = '']) =>
      words
        .split(' ')
        .filter(
          (word) =>
            word !== HOLE && !['betavae', ...installable, ...OF_NPM].includes(word.replace(/@latest$/, '')),
        ),
  },
  {
    pattern: /\b(?:GET|POST) (\/[\w./<>]*[\w>])/,
    missing: ([, address = '']) => unless(addresses.includes(address), address),
  },
  { pattern: /\bnpm run ([\w:-]+)/, missing: ([, name = '']) => unless(name in packageJson.scripts, name) },
  { pattern: /\bbetavae\/(\w+)/, missing: ([, ring]) => unless(`./${ring}` in packageJson.exports, ring) },
  {
    pattern: /\bbetavae (--help|[a-z]+|⟨…⟩)(?: (?:<[\w.]+>|--help))?(?=[ ,;)]|$)/,
    missing: ([, verb = ''], options) =>
      unless(verb === HOLE || verb === '--help' || verb === 'that' || options.has(verb), verb),
  },
  {
    pattern:
      /--(⟨…⟩(?:-learning-rate)?|[a-z][\w-]*)(?: (?:'([^']+)'|([^\s;:,)][^\s;:)]*[^\s;:,)]|[^\s;:,)])))?/,
    missing: missingOption,
  },
  { pattern: /\b([a-z]+_[a-z]+)(?=,)/, missing: ([, label = '']) => unless(isEncoding(label), label) },
  {
    pattern: /\bnode_modules(?:\/([\w@/-]+)\/(?:[\w.-]*\*)?)?/,
    missing: ([, path = '']) => unless(existsSync(join(root, 'node_modules', path)), path),
  },
  {
    pattern: /\{ ([\w, …]+)(?::[^}]*)?\}/,
    missing: ([, names = '']) =>
      names
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '…' && !isPublished(name)),
  },
  {
    pattern:
      /(?<![\w/.])((?:\.\/|~\/)?[\w⟨…⟩./]*\.(?:jsonl?|js|safetensors|html|csv|ts|sqlite|pgpass)(?:#\w+)?|\.[a-z]{2,}|\.\/name)(?!\w)/,
    missing: ([, name = '']) =>
      unless([...IN_A_RUN, ...EXAMPLES].includes(name.replace(`${HOLE}/`, '')) || /^\.\w+$/.test(name), name),
  },
  { pattern: /(?<![\w.-])-?\d+\.\d+\b/, missing: () => [] },
  {
    pattern: /\b([A-Z]{6,}|[A-Z]+(?:_[A-Z]+)+)\b/,
    missing: ([, name = '']) => unless(VARIABLES.includes(name), name),
  },
  {
    pattern: /\b(\w*[a-z][A-Z]\w*|[a-z]+(?=\()|\w+\.[a-z]\w*)/,
    missing: ([, name = '']) => name.split('.').filter((part) => !isPublished(part)),
  },
]

function missingOption(
  [, flag = '', quoted, bare]: readonly (string | undefined)[],
  options: OptionsByVerb,
): readonly string[] {
  if (flag.startsWith(HOLE) || EVERYWHERE.includes(flag)) return []
  const specs = [...options.values()].flatMap((table) => (table[flag] ? [table[flag]] : []))
  if (specs.length === 0) return [`--${flag}`]
  const value = quoted ?? (bare === undefined || BESIDE.test(bare) ? undefined : bare)
  if (value === undefined || value.includes(HOLE)) return []
  const takes = specs.some(({ argument, read }) => argument !== undefined && reads(() => read(value, flag)))
  return unless(takes, `--${flag} ${value}`)
}

function reads(read: () => unknown): boolean {
  try {
    read()
    return true
  } catch {
    return false
  }
}

/** What looks like a name when all that is known has been taken out. */
const LEFT = /--\w|[`_{}<>]|\w\(|[a-z][A-Z]|\w\.\w|\w\/\w/

/** What an advice names that is nowhere. */
export function missingIn(advice: string, options: OptionsByVerb): readonly string[] {
  const missing: string[] = []
  let rest = advice
  for (const { pattern, missing: of } of kinds)
    rest = rest.replace(new RegExp(pattern, 'g'), (...match: unknown[]) => {
      missing.push(
        ...of(match.filter((group) => typeof group !== 'number').slice(0, -1) as string[], options),
      )
      return '·'
    })
  return LEFT.test(rest) ? [...missing, rest] : missing
}
