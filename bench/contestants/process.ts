import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { answering, type Build } from './protocol.ts'

/** The peers' packages live beside their own package.json, outside the contestants' resolution path. */
export const peers = createRequire(new URL('../peers/package.json', import.meta.url))

const MiB = 2 ** 20

/**
 * A contestant as a process: a question is a line of JSON on stdin, its answer one on stdout, with what the
 * process holds of memory now and held at most.
 */
export async function contest<Assignment>(build: Build<Assignment>): Promise<void> {
  const answer = answering(build)
  for await (const line of createInterface({ input: process.stdin })) {
    const said = await answer(JSON.parse(line))
    const figures = {
      rssMiB: process.memoryUsage.rss() / MiB,
      peakMiB: process.resourceUsage().maxRSS / 1024,
    }
    process.stdout.write(`${JSON.stringify({ ...said, figures })}\n`)
  }
  process.exit(0)
}
