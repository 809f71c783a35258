import { writeReport } from '../../../node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { runArgument } from '../model/arguments.ts'

export const command = defineCommand({
  arguments: [runArgument],
  options: {},
  examples: [['runs/mnist-1', 'writes runs/mnist-1/report.html, which opens offline']],
  async run({ args: [path], terminal, signal }) {
    terminal.out(`${await writeReport(path, { signal })}\n`)
    return exitCodes.done
  },
})
