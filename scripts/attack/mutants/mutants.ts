import { fork } from 'node:child_process'
import { join } from 'node:path'
import { type Attack, faultText, type Row } from '../attack.ts'
import { dishes } from './dishes.ts'
import { processorSeconds } from './gauge.ts'
import type { Outcome } from './mutant.ts'

/** What no mutant may take. */
const MOST_SECONDS = 2
const MOST_BYTES = 512 * 2 ** 20
/** Processor time after which a mutant is not waited for. */
const GIVEN_UP_SECONDS = 10

type Message = Outcome | { readonly begun: number } | { readonly stray: string }

/** Reads mutants from one number to another in a process of its own; gives the first number that it did not come to. */
function batch(name: string, from: number, to: number, told: (outcome: Outcome) => void): Promise<number> {
  const child = fork(join(import.meta.dirname, 'child.ts'), [name, `${from}`, `${to}`], {
    execArgv: ['--disable-warning=ExperimentalWarning', '--max-old-space-size=1024'],
    silent: true,
  })
  let [at, isOpen, since, words] = [from, false, 0, '']
  let stray: string | undefined
  child.stderr?.on('data', (text) => {
    words = `${words}${text}`.slice(-400)
  })
  const watch = setInterval(() => {
    if (isOpen && processorSeconds(child.pid ?? 0) - since > GIVEN_UP_SECONDS) child.kill('SIGKILL')
  }, 500)
  child.on('message', (message: Message) => {
    if ('stray' in message) stray = message.stray
    else if ('begun' in message) {
      ;[at, isOpen] = [message.begun, true]
      since = processorSeconds(child.pid ?? 0)
    } else {
      told(message)
      ;[at, isOpen] = [message.index + 1, false]
    }
  })
  return new Promise((resolve, reject) =>
    child.on('close', (code, signal) => {
      clearInterval(watch)
      if (!isOpen && at < to) return reject(new Error(`${name} ended at ${at}: ${words}`))
      if (!isOpen) return resolve(at)
      const error = `${stray ?? `ended by ${signal ?? `exit code ${code}`}`} ${words}`
      told({
        index: at,
        was: 'unexpected',
        seconds: signal === 'SIGKILL' ? GIVEN_UP_SECONDS : 0,
        grown: 0,
        error,
      })
      resolve(at + 1)
    }),
  )
}

function rowOf(outcomes: readonly Outcome[]): Row {
  const count = (was: Outcome['was']) => outcomes.filter((one) => one.was === was).length
  const faults = outcomes.filter(
    ({ was, seconds, grown }) => was === 'unexpected' || seconds > MOST_SECONDS || grown > MOST_BYTES,
  )
  return {
    mutants: outcomes.length,
    'of other structure': outcomes.filter(({ index }) => index % 2 === 1).length,
    read: count('read'),
    refused: count('refused'),
    'most seconds': Math.max(...outcomes.map(({ seconds }) => seconds)).toFixed(2),
    'most MB': Math.round(Math.max(...outcomes.map(({ grown }) => grown)) / 2 ** 20),
    faults: faultText(
      faults.map(
        ({ index, error, seconds, grown }) => `mutant ${index}: ${error ?? `${seconds} s, ${grown} bytes`}`,
      ),
    ),
  }
}

export const mutants: Attack = {
  name: 'mutants',
  title: 'Mutants',
  about:
    'Of whole files of each kind half are changed byte by byte, and half are taken apart, changed (numbers that are greater than they can be, parts left out, doubled or swapped), and put together again with the lengths and checksums of what they are then. Each is read as the product reads it, in a process that is watched: it must be read, or refused by an error of ours that says what to do, within 2 seconds of processor time and in 512 MB more memory than before. The number of a mutant says which it is.',
  subjects: dishes.map(({ name }) => name),
  times: 10_000,
  async run(name, times, tell) {
    const outcomes: Outcome[] = []
    for (let at = 0; at < times; ) {
      at = await batch(name, at, times, (outcome) => {
        outcomes.push(outcome)
        const { index, was, seconds, grown, error } = outcome
        if (was === 'unexpected' || seconds > MOST_SECONDS || grown > MOST_BYTES)
          tell(`${index}: ${error ?? ''} ${seconds.toFixed(1)} s, ${Math.round(grown / 2 ** 20)} MB`)
      })
    }
    return rowOf(outcomes)
  },
}
