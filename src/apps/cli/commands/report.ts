import { writeReport } from '../../../node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { runArgument } from '../model/arguments.ts'
import { metricsOption } from '../model/metrics.ts'

export const command = defineCommand({
  arguments: [runArgument],
  options: { metrics: metricsOption },
  examples: [
    ['runs/mnist-1', 'writes runs/mnist-1/report.html, which opens offline'],
    ['runs/sprites-1 --metrics all', 'with how well the code tells the data’s factors apart'],
  ],
  async run({ args: [path], values: { metrics }, terminal, signal }) {
    terminal.out(`${await writeReport(path, { metrics, signal })}\n`)
    return exitCodes.done
  },
})
