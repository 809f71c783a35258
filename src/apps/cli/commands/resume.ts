import { endingOf, openRun, resumeRun } from '../../../node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { runArgument } from '../model/arguments.ts'
import { follow, followOptions } from '../training/follow.ts'
import { jsonLine } from '../training/json.ts'

export const command = defineCommand({
  arguments: [runArgument],
  options: followOptions,
  examples: [['runs/mnist-1', 'from its last checkpoint to the end of its plan']],
  async run({ args: [path], values, terminal, signal }) {
    const end = await endingOf(await openRun(path))
    if (end) {
      if (values.json) jsonLine(terminal, { ...end, run: path })
      else terminal.say(`"${path}" is finished; look at it with: betavae report ${path}`)
      return exitCodes.done
    }
    return follow(resumeRun(path, { signal }), { terminal, json: values.json, report: !values['no-report'] })
  },
})
