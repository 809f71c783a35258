import { BetavaeError, open, train } from '../../../src/inside.ts'

/** What the argument of a page says in place of where ONNX Runtime's files really are. */
export interface Bare {
  /** Absent where the page does not say. */
  readonly said?: string
}

/** What comes of a training, and what it ran on. */
export async function main({ said }: Bare) {
  const told = said === undefined ? {} : { wasmPaths: said }
  try {
    const run = await train({ data: { source: 'digits' }, training: { steps: 1 } }, told)
    using model = await open(run, told)
    return { engine: model.engine.description }
  } catch (error) {
    if (!(error instanceof BetavaeError)) return { raw: String(error) }
    const { code, seen, wanted, fix } = error
    return { code, seen, wanted, fix }
  }
}
