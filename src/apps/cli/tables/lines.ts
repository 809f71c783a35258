import { openWhole } from '../../../inside.node.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** Takes text piece by piece. */
export type WriteText = (text: string) => Promise<void>

/** Writes to a file, which appears whole or not at all, or without a path to stdout. Error: `files/write`. */
export async function writingTo(
  path: string | undefined,
  terminal: Terminal,
  work: (write: WriteText) => Promise<void>,
): Promise<void> {
  if (path === undefined) return work(async (text) => terminal.out(text))
  const file = await openWhole(path)
  try {
    await work(file.write)
  } catch (error) {
    await file.abandon()
    throw error
  }
  await file.done()
}
