import { BetavaeError } from './errors.ts'

/** What V8, SpiderMonkey and JavaScriptCore say of an array that they cannot make, and ONNX Runtime of a tensor. */
const WORDS =
  /array buffer allocation failed|invalid (?:typed )?array (?:buffer )?length|out of memory|bad_alloc|failed to allocate memory|buffer is too large/i

/** The error of a platform that had no room for an array, in the words of this project; undefined for any other. */
export function noRoom(error: unknown): BetavaeError | undefined {
  if (error instanceof BetavaeError || !(error instanceof Error) || !WORDS.test(error.message))
    return undefined
  return new BetavaeError({
    code: 'memory/no-room',
    seen: `what was asked for does not fit into memory (${error.message.split('\n')[0]})`,
    wanted: 'arrays that this process can hold',
    fix: 'ask for less: fewer rows or examples at a time, a smaller --batch, --latent or --hidden',
    cause: error,
  })
}
