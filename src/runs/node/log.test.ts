import { execFileSync } from 'node:child_process'
import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { BetavaeError } from '../../base/errors.ts'
import type { LoggedEvent } from '../journal.ts'
import { readAdded, readEnd, readLog } from './log.ts'

const metrics = { loss: 1, reconstruction: 1, kl: 0, elbo: -1, terms: {} }
const epoch = (at: number): LoggedEvent => ({
  kind: 'epoch',
  epoch: at,
  step: at,
  train: metrics,
  examplesPerSecond: 1,
})
const end: LoggedEvent = {
  kind: 'end',
  reason: 'finished',
  step: 9,
  epoch: 9,
  bestEpoch: null,
  seconds: 1,
}
const line = (event: unknown): string => `${JSON.stringify(event)}\n`

async function place(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'betavae-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return join(folder, 'events.jsonl')
}

test('a last line that a crash tore is left out; a torn line elsewhere is not passed over', async () => {
  const log = await place()
  expect(await readLog(log)).toEqual([])
  const whole = line(epoch(1))
  await writeFile(log, `${whole}${whole.slice(0, 20)}`)
  expect(await readLog(log)).toEqual([epoch(1)])
  await writeFile(log, `${whole}\n${line(end).trimEnd()}`)
  expect(await readLog(log)).toEqual([epoch(1), end])
  await writeFile(log, `${whole.slice(0, 20)}\n${whole}`)
  await expect(readLog(log)).rejects.toThrow(/line 1 .*not JSON.*\[runs\/log\]/)
})

test.each([
  ['null', 'a value of type object'],
  ['{"kind":"epoch","epoch":1,"step":1,"examplesPerSecond":1}', 'at train'],
  ['{"kind":"step","step":1e999}', 'a value of type number at step'],
  ['{"kind":"other"}', ''],
  ['7', 'a value of type object'],
])('a line that is no event is named: %s', async (wrong, wanted) => {
  const log = await place()
  await writeFile(log, `${line(epoch(1))}${wrong}\n${line(end)}`)
  const error = await readLog(log).catch((caught: Error) => caught)
  expect((error as Error).message).toMatch(
    /^line 2 of the event log is no event of a training; wanted .*\[runs\/log\]$/,
  )
  expect((error as Error).message).toContain(wanted)
})

test('whatever a line holds, its reader ends with events or an error of ours', async () => {
  const log = await place()
  const values = fc.oneof(
    fc.json(),
    fc.string(),
    fc
      .record({ kind: fc.constantFrom('start', 'step', 'epoch', 'end'), step: fc.anything() })
      .map((value) => JSON.stringify(value) ?? ''),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(values, { maxLength: 4 }), async (lines) => {
      await writeFile(log, lines.join('\n'))
      const read = await readLog(log).catch((error: unknown) => error)
      expect(Array.isArray(read) || read instanceof BetavaeError).toBe(true)
    }),
  )
})

test('a folder or a pipe in place of a log is named', async () => {
  const log = await place()
  await mkdir(log)
  await expect(readLog(log)).rejects.toMatchObject({ code: 'runs/log' })
  if (process.platform === 'win32') return
  await rm(log, { recursive: true })
  execFileSync('sh', ['-c', 'mkfifo "$0"', log])
  await expect(readLog(log)).rejects.toMatchObject({ code: 'runs/log' })
})

test('of a long log the end is read', async () => {
  const log = await place()
  const events = Array.from({ length: 500 }, (_, i) => epoch(i + 1))
  await writeFile(log, [...events, end].map(line).join(''))
  const last = await readEnd(log, 1000)
  expect(last.length).toBeLessThan(10)
  expect(last).toEqual([...events, end].slice(-last.length))
  expect(await readEnd(log, 10)).toEqual([])
  expect(await readLog(log)).toEqual([...events, end])
})

test('what is added is read once, each line when it is whole', async () => {
  const log = await place()
  const nothing = await readAdded(log, { bytes: 0, events: 0 })
  expect(nothing).toEqual({ events: [], place: { bytes: 0, events: 0 } })
  await writeFile(log, line(epoch(1)) + line(epoch(2)).slice(0, 9))
  const first = await readAdded(log, nothing.place)
  expect(first.events).toEqual([epoch(1)])
  await appendFile(log, line(epoch(2)).slice(9))
  const second = await readAdded(log, first.place)
  expect(second).toMatchObject({ events: [epoch(2)], place: { events: 2 } })
  expect((await readAdded(log, second.place)).events).toEqual([])
})
