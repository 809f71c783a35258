/** What `docs/mutants.md` says. */
import { code, table } from '../markdown.ts'
import { folders } from './folders.ts'
import { foundOf } from './looked-at.ts'
import { intervalOf, type Record, type Survivor, scoreOf, triedOf } from './records.ts'

const percent = (share: number): string => `${(100 * share).toFixed(share === 1 ? 0 : 1)}%`

const WORDS = `# Do the tests notice?

Stryker changes the code a little (\`<\` to \`<=\`, \`+\` to \`-\`, a block to nothing, …), and the tests should fail. A mutant that they do not notice is a test that is missing, or changes nothing that anybody could see. \`npm run mutants -- graph --every 10 --seed 3\` tries one mutant of ten in a folder, chosen by a hash of the seed and of what the mutant is, and writes this page; \`--every 1\` tries all. CI tries all mutants of a small folder: \`npm run mutants -- --brief\`.

Each folder is judged by quick tests alone, most of them beside its code (\`scripts/mutants/folders.ts\`). Left out: words for people (of errors but for their codes, summaries, references), since tests do not hold a sentence to its wording; and, of those drawn, what a module does once when it is loaded ("left out"), since each such mutant takes a process of its own. The score is (killed + without end) / tried; what no test runs counts as survived. The interval is that of the score of all mutants, with 95% (Wilson, without replacement).`

const scores = (records: readonly Record[]): string =>
  table(
    [
      'folder',
      'mutants',
      'tried',
      'killed',
      'without end',
      'survived',
      'no test runs it',
      'left out',
      'score',
      '95%',
      'of',
    ],
    records.map((record) => {
      const uncovered = record.survivors.filter(({ isCovered }) => !isCovered).length
      const [low, high] = intervalOf(record)
      return [
        record.folder,
        String(record.mutants),
        `${triedOf(record)}, 1 in ${record.every}, seed ${record.seed}`,
        String(record.killed),
        String(record.timedOut),
        String(record.survivors.length - uncovered),
        String(uncovered),
        String(record.leftOut),
        `**${percent(scoreOf(record))}**`,
        `${percent(low)} to ${percent(high)}`,
        `${record.date}, ${record.commit}`,
      ]
    }),
  )

const survivorRow = (survivor: Survivor): string[] => {
  const { place, original, replacement, isCovered } = survivor
  const seen = foundOf(survivor)
  return [
    place,
    code(original),
    code(replacement),
    seen ?? (isCovered ? 'a test is missing' : 'no test runs it'),
  ]
}

const mutated = (folder: string): string =>
  (folders[folder as keyof typeof folders]?.mutate ?? []).map(code).join(', ')

const section = ({ folder, survivors }: Record): string =>
  `## ${folder}\n\n${mutated(folder)}\n\n${survivors.length === 0 ? 'None survived.' : table(['where', 'was', 'became', 'what was found'], survivors.map(survivorRow))}`

export const reportOf = (records: readonly Record[]): string =>
  `${[WORDS, scores(records), ...records.map(section)].join('\n\n')}\n`
