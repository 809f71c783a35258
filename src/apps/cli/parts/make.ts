import { basename } from 'node:path'
import {
  BetavaeError,
  type DigestedPart,
  type FolderJob,
  type MakePart,
  type OutputTarget,
  partManifest,
  wholePart,
} from '../../../inside.node.ts'
import { toOutput } from '../tables/output.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { partCommands } from './commands.ts'
import type { Asked, PartWorker } from './part-worker.ts'

/** Makes one part, and what tells of it. */
export async function makePart(
  worker: PartWorker,
  { source, out, manifest, digest }: DigestedPart,
  job: FolderJob,
  { terminal, signal }: { readonly terminal: Terminal; readonly signal: AbortSignal },
): Promise<void> {
  const say = (line: string) => terminal.say(`${basename(source)}: ${line}`)
  const named = { ...terminal, say }
  const target = { ...writtenAs(job.options), out }
  const writing = toOutput(() => wholePart(target, manifest, { ...job, digest }), named)
  await worker.make(source, writing, { terminal: named, signal })
}

/** How outputs are written, as far as options say. */
const writtenAs = ({ separator, 'for-spreadsheet': isDefused }: Asked): OutputTarget =>
  ({ separator, isDefused }) as OutputTarget

/** Makes parts for a queue; a run that the last one was made with is still open. */
export function makePartHere(terminal: Terminal): MakePart & Disposable {
  let open: { readonly what: string; readonly worker: PartWorker } | undefined
  const close = () => {
    open?.worker[Symbol.dispose]()
    open = undefined
  }
  const makeNext: MakePart = async (task, run, signal) => {
    const { command, options, model } = task
    const what = JSON.stringify([command, run, options, model])
    if (open?.what !== what) {
      close()
      const opens = partCommands[command]
      open = { what, worker: await opens(run, options, []) }
    }
    const { worker } = open
    if (worker.model.engine !== model.engine) refuseEngine(worker.model.engine, model.engine)
    const part = { ...task, manifest: partManifest(task.out) }
    await makePart(worker, part, { command, options, model }, { terminal, signal })
  }
  // Parts share the thread, so that one after the other is as fast as all at once, and no run is closed under another.
  let last: Promise<unknown> = Promise.resolve()
  const make: MakePart = (...asked) => {
    const own = last.then(() => makeNext(...asked))
    last = own.catch(() => undefined)
    return own
  }
  return Object.assign(make, { [Symbol.dispose]: close })
}

function refuseEngine(here: string, wanted: string): never {
  throw new BetavaeError({
    code: 'parts/engine',
    seen: `the engine "${here}", where the job was put by "${wanted}"`,
    wanted: 'the same engine for all parts, so that they agree to the bit',
    fix: `let it be done by workers that have "${wanted}"`,
  })
}
