import { BetavaeError, writeComparison, writeReport } from '../../../inside.node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { runArgument } from '../model/arguments.ts'
import { nllOption } from '../model/evaluation.ts'
import { metricsOption } from '../model/metrics.ts'
import { text } from '../options.ts'

const COMPARISON = 'comparison.html'

export const command = defineCommand({
  arguments: [runArgument, { name: 'other', description: 'a run to set beside it', optional: true }],
  options: {
    nll: nllOption,
    metrics: metricsOption,
    out: text('<file>', `of two runs: where to write (default: ${COMPARISON})`),
  },
  examples: [
    ['runs/mnist-1', 'writes runs/mnist-1/report.html, which opens offline'],
    ['runs/mnist-1 --nll 500', 'with an importance-weighted estimate of −log p(x)'],
    ['runs/sprites-1 --metrics all', 'with how well the code tells the data’s factors apart'],
    ['runs/mnist-1 runs/mnist-2 --out both.html', 'two runs beside each other: numbers, curves, recipes'],
  ],
  async run({ args: [path, other], values: { nll, metrics, out }, parts, terminal, signal }) {
    if (other === undefined) {
      if (out !== undefined) refuseFlag('--out', 'of one run', `drop --out: the page is ${path}/report.html`)
      terminal.out(`${await writeReport(path, { nll, metrics, signal, parts })}\n`)
      return exitCodes.done
    }
    if (metrics !== undefined)
      refuseFlag('--metrics', 'of two runs', 'drop --metrics, or report on each of them alone')
    const place = out ?? COMPARISON
    await writeComparison([path, other], place, { nll, signal, parts })
    terminal.out(`${place}\n`)
    return exitCodes.done
  },
})

function refuseFlag(flag: string, about: string, fix: string): never {
  throw new BetavaeError({
    code: 'cli/report-option',
    seen: `${flag} with a report ${about}`,
    wanted: `the report without ${flag}`,
    fix,
    usage: true,
  })
}
