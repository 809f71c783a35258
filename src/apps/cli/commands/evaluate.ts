import { type Evaluation, evaluateRun, format } from '../../../node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { runArgument } from '../model/arguments.ts'
import { metricLines, metricsOption } from '../model/metrics.ts'
import { splitOption } from '../model/rows.ts'
import { json, whole } from '../options.ts'
import { aligned, bar } from '../terminal/table.ts'
import type { Style } from '../terminal/terminal.ts'

const BAR_WIDTH = 30

export const command = defineCommand({
  arguments: [runArgument],
  options: {
    nll: whole('estimate −log p(x) with this many draws from each posterior', 1, 500),
    split: splitOption,
    metrics: metricsOption,
    json,
  },
  examples: [
    ['runs/mnist-1', 'on the test examples'],
    ['runs/mnist-1 --nll 500', 'with an importance-weighted estimate of −log p(x)'],
    ['runs/mnist-1 --metrics mig,sap', 'how well the code tells the data’s factors, or its classes, apart'],
    ['runs/mnist-1 --json', 'for programs'],
  ],
  async run({ args: [path], values: { nll, split, metrics, json }, terminal, signal }) {
    const evaluation = await evaluateRun(path, { nll, split, metrics, signal })
    terminal.out(
      json ? `${JSON.stringify(evaluation, null, 2)}\n` : tableOf(path, evaluation, terminal.outStyle),
    )
    return exitCodes.done
  },
})

function tableOf(path: string, evaluation: Evaluation, style: Style): string {
  const { split, count, klPerDimension, metrics, factors } = evaluation
  const title = `${style.bold(path)}, ${split} split, ${format.counted(count, 'example')}; nats per example`
  const lines = aligned(figures(evaluation), 'lrl')
  return `${[
    title,
    '',
    ...lines,
    ...(klPerDimension ? ['', ...klLines(klPerDimension, style)] : []),
    ...(metrics ? ['', ...metricLines(metrics, factors, style)] : []),
  ].join('\n')}\n`
}

function figures({
  loss,
  reconstruction,
  kl,
  elbo,
  bitsPerDimension,
  activeUnits,
  nll,
  ...rest
}: Evaluation): string[][] {
  const all = rest.klPerDimension?.length ?? 0
  const { fixed } = format
  return [
    ...(elbo === null ? [] : [['ELBO', fixed(elbo)]]),
    ['reconstruction', fixed(reconstruction)],
    ...(kl === null ? [] : [['KL', fixed(kl)]]),
    ['loss', fixed(loss)],
    ...(bitsPerDimension === null ? [] : [['bits per dimension', fixed(bitsPerDimension, 4)]]),
    ...(activeUnits === null ? [] : [['active units', String(activeUnits), `of ${all}`]]),
    ...(nll
      ? [
          [
            '−log p(x)',
            fixed(nll.estimate),
            `± ${fixed(nll.standardError)} with ${format.counted(nll.samples, 'draw')}`,
          ],
        ]
      : []),
  ]
}

/** KL of each dimension, greatest first. */
function klLines(kl: readonly number[], { bold, accent }: Style): string[] {
  const order = kl.map((_, i) => i).sort((a, b) => kl[b] - kl[a])
  const most = Math.max(kl[order[0]], Number.MIN_VALUE)
  const rows = order.map((i) => [`z${i}`, format.fixed(kl[i], 3), accent(bar(kl[i] / most, BAR_WIDTH))])
  return [bold('KL per dimension'), ...aligned(rows, 'lrl')]
}
