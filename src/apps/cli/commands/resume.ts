import { endingOf, isSweep, openRunWith, resumeRun, resumeSweep } from '../../../inside.node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { runArgument } from '../model/arguments.ts'
import { followSweep } from '../sweep/follow.ts'
import { follow, followOptions } from '../training/follow.ts'
import { jsonLine } from '../training/json.ts'

export const command = defineCommand({
  arguments: [runArgument],
  options: followOptions,
  examples: [
    ['runs/mnist-1', 'from its last checkpoint to the end of its plan'],
    ['runs/mnist-sweep-1', 'a sweep: what is finished stays as it is'],
  ],
  async run({ args: [path], values, parts, terminal, signal }) {
    if (isSweep(path))
      return followSweep(resumeSweep(path, { signal, parts }), { terminal, json: values.json })
    const end = await endingOf(await openRunWith(path, { parts }))
    if (end) {
      if (values.json) jsonLine(terminal, { ...end, run: path })
      else terminal.say(`"${path}" is finished; look at it with: betavae report ${path}`)
      return exitCodes.done
    }
    return follow(resumeRun(path, { signal, parts }), {
      terminal,
      json: values.json,
      report: !values['no-report'],
    })
  },
})
