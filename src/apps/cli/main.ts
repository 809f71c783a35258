import { run } from './cli.ts'
import { exitCodes } from './exit.ts'
import { terminalOf } from './terminal/terminal.ts'

let isLost = false
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that has seen enough (`| head`) closes the pipe; that is no failure.
  if (error.code === 'EPIPE') process.exit(exitCodes.done)
  if (!isLost) void endLost(error)
  isLost = true
})

// What is said beside may be lost, as where a terminal was closed; it is no reason to end.
process.stderr.on('error', () => undefined)

/** Ends where what is printed cannot be written, as into a file on a full disk. */
async function endLost(error: Error): Promise<never> {
  const { writeError } = await import('../../inside.node.ts')
  process.stderr.write(`${writeError('stdout', error).message}\n`)
  process.exit(exitCodes.failed)
}

process.exitCode = await run(process.argv.slice(2), terminalOf(process.stdout, process.stderr, process.env))
