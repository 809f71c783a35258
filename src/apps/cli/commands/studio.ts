import { once } from 'node:events'
import { pageFolder } from '../../server/installed.ts'
import { writeStatic } from '../../server/static.ts'
import { defineCommand } from '../command.ts'
import { type ExitCode, exitCodes } from '../exit.ts'
import { number, text, toggle } from '../options.ts'
import { openInBrowser } from '../studio/opener.ts'
import { runsFolder, serveAt } from '../studio/serve.ts'
import type { Terminal } from '../terminal/terminal.ts'

export const command = defineCommand({
  arguments: [],
  options: {
    runs: text('<folder>', 'runs to look at, also while they train (default: runs)'),
    port: number('<n>', 'port of this machine to serve at; 0 takes any (default: 4242, or any)', {
      whole: true,
      minimum: 0,
      maximum: 65_535,
      example: '8080',
    }),
    'no-open': toggle('do not open a browser'),
    static: text('<folder>', 'write the page as files for any web server, and serve nothing'),
  },
  examples: [
    ['', 'train, watch and explore in a browser'],
    ['--runs runs/mnist-1', 'with one run, also while it trains in another terminal'],
    ['--port 8080 --no-open', 'at an address of your choice'],
    ['--static public', 'the page as files, to be hosted anywhere'],
  ],
  async run({ values, terminal, signal }) {
    return values.static === undefined ? serve(values, terminal, signal) : write(values.static, terminal)
  },
})

interface Served {
  readonly runs: string | undefined
  readonly port: number | undefined
  readonly 'no-open': boolean
}

async function serve(values: Served, terminal: Terminal, signal: AbortSignal): Promise<ExitCode> {
  const runs = await runsFolder(values.runs)
  await using server = await serveAt(values.port, { page: pageFolder(), runs })
  terminal.out(`${server.url}\n`)
  terminal.say(
    'the studio is at the address above, with the token that lets you in and nobody else; Ctrl-C ends it',
  )
  if (!values['no-open']) openInBrowser(server.urlOnce())
  if (!signal.aborted) await once(signal, 'abort')
  return exitCodes.done
}

async function write(folder: string, terminal: Terminal): Promise<ExitCode> {
  await writeStatic(folder, pageFolder())
  terminal.out(`${folder}\n`)
  terminal.say('how to host it is told in HOSTING.txt')
  return exitCodes.done
}
