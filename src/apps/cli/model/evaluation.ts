import { type Evaluation, format, type Part } from '../../../inside.node.ts'
import { wholeNumber } from '../options.ts'
import { bar } from '../terminal/letters.ts'
import { aligned } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { metricLines, type Sheet } from './metrics.ts'
import { sampleLines } from './sample-fidelity.ts'

const BAR_WIDTH = 30
/** Classes beyond this are counted, not listed. */
const MOST_CLASSES = 30

export const nllOption = wholeNumber('estimate −log p(x) with this many draws from each posterior', 1, 500)

/** What a run is worth on a split, as people read it. */
export function evaluationLines(
  path: string,
  evaluation: Evaluation,
  parts: readonly Part[],
  { outStyle: style, outWidth }: Terminal,
): string[] {
  const { split, count, klPerDimension, klSplit, classes, metrics, factors, samples } = evaluation
  const title = `${style.bold(path)}, ${split} split, ${format.counted(count, 'example')}; nats per example`
  const sheet = { ...style, width: outWidth() }
  const paragraphs = [
    figures(evaluation, sheet),
    ...(klSplit ? [splitLines(klSplit, sheet)] : []),
    ...(klPerDimension ? [klLines(evaluation, sheet)] : []),
    ...(classes ? [classLines(classes, sheet)] : []),
    ...(metrics ? [metricLines(metrics, { factors, parts }, sheet)] : []),
    ...(samples ? [sampleLines(samples, sheet)] : []),
  ]
  return [title, ...paragraphs.flatMap((lines) => ['', ...lines])]
}

function figures(evaluation: Evaluation, { width }: Sheet): string[] {
  const { loss, reconstruction, kl, elbo, bitsPerDimension, activeUnits, units, klSplit, nll } = evaluation
  const { levels = [], levelUse } = evaluation
  const { fixed } = format
  return aligned(
    [
      ...(elbo === null ? [] : [['ELBO', fixed(elbo)]]),
      ['reconstruction', fixed(reconstruction)],
      ...(kl === null ? [] : [['KL', fixed(kl)]]),
      ...levels.map((level) => [`  of ${level.name}`, fixed(level.kl), format.counted(level.size, 'number')]),
      ['loss', fixed(loss)],
      ...(bitsPerDimension === null ? [] : [['bits per dimension', fixed(bitsPerDimension, 4)]]),
      ['active units', String(activeUnits), `of ${units.length}`],
      ...(levelUse ? levelRows(levelUse) : []),
      ...(klSplit
        ? [
            [
              'aggregate gap',
              fixed(klSplit.aggregateGap),
              `KL(q(z) ‖ p(z))${klSplit.saturated ? ', at most' : ''}`,
            ],
          ]
        : []),
      ...(nll ? likelihoodRows(nll) : []),
    ],
    'krw',
    width,
  )
}

function levelRows({ variables, levels, used, perplexity }: NonNullable<Evaluation['levelUse']>): string[][] {
  const { fixed, counted } = format
  return [
    ['levels used', String(used), `of ${levels}, in codes of ${counted(variables, 'variable')}`],
    ['perplexity', fixed(perplexity, 1), 'as many levels, used alike, would tell as much'],
  ]
}

function likelihoodRows(nll: NonNullable<Evaluation['nll']>): string[][] {
  const { fixed, counted } = format
  const drawing =
    nll.samplingError === null
      ? ''
      : `; from drawing ± ${fixed(nll.samplingError, 3)}, ${fixed(nll.effectiveSamples, 1)} draws count`
  return [
    [
      '−log p(x)',
      fixed(nll.estimate),
      `± ${fixed(nll.standardError)} with ${counted(nll.samples, 'draw')}${drawing}`,
    ],
    ['  bits per dimension', fixed(nll.bitsPerDimension, 4)],
  ]
}

function splitLines(split: NonNullable<Evaluation['klSplit']>, { bold, dim, width }: Sheet): string[] {
  const { fixed, counted } = format
  const { standardErrors: errors, mutualInformationBound: bound } = split
  const row = (name: string, value: number | null, error: number | null, words: string) =>
    value === null ? [] : [[name, fixed(value, 3), `± ${fixed(error, 3)}`, dim(words)]]
  const rows = [
    ...row(
      'index–code information',
      split.indexCodeMutualInformation,
      errors.indexCodeMutualInformation,
      `what a code tells of its example; these can show ${fixed(bound, 2)}`,
    ),
    ...row('total correlation', split.totalCorrelation, errors.totalCorrelation, 'what dimensions share'),
    ...row(
      'dimension-wise KL',
      split.dimensionWiseKl,
      errors.dimensionWiseKl,
      'each dimension against the prior',
    ),
  ]
  const of = `of ${counted(split.examples, 'posterior')} at ${counted(split.draws, 'code')}`
  return [`${bold(`The KL taken apart, ${fixed(split.kl, 3)}`)} ${dim(of)}`, ...aligned(rows, 'krkw', width)]
}

/** KL of each dimension, greatest first; those that are not active, faint. */
function klLines({ units }: Evaluation, { bold, dim, accent, width }: Sheet): string[] {
  const most = Math.max(units[0].kl ?? 0, Number.MIN_VALUE)
  const rows = units.map(({ dimension, kl = 0, isActive }) => [
    `z${dimension}`,
    format.fixed(kl, 3),
    (isActive ? accent : dim)(bar(kl / most, BAR_WIDTH)),
  ])
  return [bold('KL per dimension'), ...aligned(rows, 'krk', width)]
}

function classLines(classes: NonNullable<Evaluation['classes']>, { bold, dim, width }: Sheet): string[] {
  const { fixed, wholeNumber: whole } = format
  const rows = classes
    .slice(0, MOST_CLASSES)
    .map(({ label, name = String(label), count, loss, reconstruction, kl, elbo }) => [
      name,
      whole(count),
      ...(elbo === null ? [] : [fixed(elbo)]),
      fixed(reconstruction),
      ...(kl === null ? [] : [fixed(kl)]),
      fixed(loss),
    ])
  const drawn = classes[0].kl !== null
  const heads = [
    'class',
    'examples',
    ...(drawn ? ['ELBO'] : []),
    'reconstruction',
    ...(drawn ? ['KL'] : []),
    'loss',
  ]
  const sides = 'l'.padEnd(heads.length, 'r')
  const left = classes.length - rows.length
  return [
    bold('By class'),
    ...aligned([heads, ...rows], sides, width, (line, at) => (at === 0 ? dim(line) : line)),
    ...(left > 0 ? [`and ${whole(left)} more; --json has all`] : []),
  ]
}
