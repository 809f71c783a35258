import { BetavaeError } from './errors.ts'

/** What V8, SpiderMonkey and JavaScriptCore say of an array that they cannot make, and ONNX Runtime of a tensor. */
const WORDS =
  /array buffer allocation failed|invalid (?:typed )?array (?:buffer )?length|out of memory|bad_alloc|failed to allocate memory|buffer is too large/i

/** What Node.js says where a process may open no more files. */
const MANY_FILES = /\bEMFILE\b|\bENFILE\b|too many open files/i

/** The error of a platform that had no room for an array, in the words of this project; undefined for any other. */
export function noRoom(error: unknown): BetavaeError | undefined {
  if (error instanceof BetavaeError || !(error instanceof Error)) return undefined
  if (MANY_FILES.test(error.message))
    return new BetavaeError({
      code: 'files/too-many',
      seen: `more files open at once than this process may have (${error.message.split('\n')[0].trim().replace(/\.$/, '')})`,
      wanted: 'room for about 64',
      fix: 'raise the limit: ulimit -n 1024',
      cause: error,
    })
  if (!WORDS.test(error.message)) return undefined
  return new BetavaeError({
    code: 'memory/no-room',
    seen: `what was asked for does not fit into memory (${error.message.split('\n')[0]})`,
    wanted: 'arrays that this process can hold',
    fix: 'ask for less: fewer rows or examples at a time, a smaller --batch, --latent or --hidden',
    cause: error,
  })
}
