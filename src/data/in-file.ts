import { BetavaeError } from '../base/errors.ts'

/** Runs `read`; its errors come out naming the file. */
export function inFile<T>(file: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof BetavaeError)) throw error
    const { code, seen, wanted, fix, usage, cause } = error
    throw new BetavaeError({ code, seen: `${file}: ${seen}`, wanted, fix, usage, cause })
  }
}
