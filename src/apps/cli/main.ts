import { run } from './cli.ts'
import { exitCodes } from './exit.ts'
import { terminalOf } from './terminal/terminal.ts'

// A reader that has seen enough (`| head`) closes the pipe; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.done)
  throw error
})

process.exitCode = await run(process.argv.slice(2), terminalOf(process.stdout, process.stderr, process.env))
