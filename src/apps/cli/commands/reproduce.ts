import { reproduce, scheduleNames } from '../../../inside.node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { json, oneOf, text, wholeNumber } from '../options.ts'
import { followReproduction } from '../reproduce/follow.ts'
import { listing, listingLines } from '../reproduce/listing.ts'

export const command = defineCommand({
  arguments: [{ name: 'id', description: 'of a result; without it, what there is', optional: true }],
  options: {
    schedule: oneOf('<name>', 'how long to train (default: short, where a result has it)', scheduleNames),
    out: text('<folder>', 'folder to work in (default: runs/reproduce-<id>-<schedule>)'),
    threads: wholeNumber('CPU threads; without it all there are', 1, 2),
    json,
  },
  examples: [
    ['', 'what can be reproduced, from which source, and how long it takes'],
    ['linear-vae-ppca', 'a few seconds'],
    ['mnist-fixed', '500 epochs; after Ctrl-C or a kill the same line goes on'],
    ['burda-iwae --schedule full', 'as published, for hours'],
  ],
  async run({ args: [id], values: { schedule, out, threads, json }, terminal, signal }) {
    if (id === undefined) {
      if (json) terminal.out(`${JSON.stringify(listing(), null, 2)}\n`)
      else terminal.tell(listingLines(terminal.outStyle))
      return exitCodes.done
    }
    return followReproduction(reproduce(id, { schedule, out, threads, signal }), { terminal, json })
  },
})
