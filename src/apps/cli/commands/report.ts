import { writeReport } from '../../../inside.node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { runArgument } from '../model/arguments.ts'
import { nllOption } from '../model/evaluation.ts'
import { metricsOption } from '../model/metrics.ts'

export const command = defineCommand({
  arguments: [runArgument],
  options: { nll: nllOption, metrics: metricsOption },
  examples: [
    ['runs/mnist-1', 'writes runs/mnist-1/report.html, which opens offline'],
    ['runs/mnist-1 --nll 500', 'with an importance-weighted estimate of −log p(x)'],
    ['runs/sprites-1 --metrics all', 'with how well the code tells the data’s factors apart'],
  ],
  async run({ args: [path], values: { nll, metrics }, parts, terminal, signal }) {
    terminal.out(`${await writeReport(path, { nll, metrics, signal, parts })}\n`)
    return exitCodes.done
  },
})
