import { readFile } from 'node:fs/promises'
import { nodeEngines } from '../../../inside.node.ts'
import type { CommandName, Commands, FromWorker, Report, Request } from '../protocol.ts'
import { openDesk } from './desk.ts'
import type { DecodedImage } from './host.ts'

/** A desk with what a page would see of it. */
export function desk() {
  const reports: Report[] = []
  const waiting = new Map<number, (message: FromWorker) => void>()
  let last = 0
  const listeners = new Set<(report: Report) => void>()
  const receive = openDesk({
    candidates: nodeEngines,
    asset: async () => readFile(new URL('../assets/mnist-sample.npz', import.meta.url)),
    image: async (file, side): Promise<DecodedImage> => {
      if (file.name.startsWith('broken')) throw new Error('no image')
      const size = side ?? 8
      const rgba = new Uint8ClampedArray(size * size * 4).fill(file.name.charCodeAt(0))
      return { width: size, height: size, rgba }
    },
    post(message, transfer = []) {
      // As a worker would: what is transferred is gone here.
      const received = structuredClone(message, { transfer: [...transfer] })
      if ('id' in received) waiting.get(received.id)?.(received)
      else {
        reports.push(received)
        for (const listener of listeners) listener(received)
      }
    },
  })
  async function ask<Name extends CommandName>(
    command: Name,
    given: Commands[Name]['given'],
  ): Promise<Commands[Name]['gives']> {
    const id = ++last
    const answer = new Promise<FromWorker>((resolve) => waiting.set(id, resolve))
    await receive({ id, command, given } as Request)
    const reply = await answer
    if ('failure' in reply && 'id' in reply)
      throw Object.assign(new Error(reply.failure?.code), { failure: reply.failure })
    return (reply as { gives: Commands[Name]['gives'] }).gives
  }
  const until = (wanted: (report: Report) => boolean) =>
    new Promise<Report>((resolve) => {
      const listener = (report: Report) => {
        if (!wanted(report)) return
        listeners.delete(listener)
        resolve(report)
      }
      listeners.add(listener)
    })
  const inPhase = (phase: string) => until((report) => report.report === 'phase' && report.phase === phase)
  const of = <Kind extends Report['report']>(kind: Kind) =>
    reports.filter((report): report is Extract<Report, { report: Kind }> => report.report === kind)
  return { ask, reports, of, until, inPhase }
}
