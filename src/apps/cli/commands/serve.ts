import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { number, oneOf, text, toggle, wholeNumber, withFallback } from '../options.ts'
import { serveUntil } from '../serve/serving.ts'
import { unseen } from '../tables/unread.ts'

const few = <Value>(option: Value) => ({ ...option, isSeldom: true })

export const command = defineCommand({
  arguments: [
    {
      name: 'run',
      description: 'a run or a weights.safetensors, under its own name or another: name=runs/table-1',
      several: true,
    },
  ],
  options: {
    port: withFallback(
      number('<n>', 'port to answer at; 0 takes any', {
        ...{ whole: true, minimum: 0, maximum: 65_535 },
        example: '8080',
      }),
      8080,
    ),
    host: withFallback(
      text('<address>', 'address to answer at; 0.0.0.0 for all of this machine'),
      '127.0.0.1',
    ),
    keys: text(
      '<file>',
      'file of keys, one a line, without one of which nobody is answered (or BETAVAE_SERVE_KEYS)',
    ),
    threads: wholeNumber('threads that compute, each with every model (default: one less than cores)', 1, 2),
    'max-body': withFallback(wholeNumber('megabytes of a request’s body at most', 1, 16), 16),
    'max-rows': withFallback(
      wholeNumber('rows of a request at most; JSON Lines stream any number', 1, 1000),
      10_000,
    ),
    'max-waiting': few(
      withFallback(wholeNumber('requests that wait at most; more are refused', 1, 1000), 1000),
    ),
    timeout: withFallback(wholeNumber('seconds from a request to its answer at most', 1, 30), 30),
    grace: few(withFallback(wholeNumber('seconds that a stop waits for answers at most', 1, 25), 25)),
    unseen,
    'no-watch': toggle('do not take a model that is written anew; SIGHUP does still'),
    log: withFallback(
      oneOf('<level>', 'what is logged, as JSON on stdout', ['debug', 'info', 'warn', 'error', 'silent']),
      'info',
    ),
  },
  examples: [
    ['runs/table-1', 'at http://127.0.0.1:8080, with a page that tries it'],
    [
      'prices=runs/prices-3 visits=runs/visits-1 --port 80 --host 0.0.0.0 --keys keys.txt',
      'two models for others',
    ],
  ],
  async run({ args, values, parts, terminal, signal }) {
    await serveUntil(args, { ...values, parts }, terminal, signal)
    return exitCodes.done
  },
})
