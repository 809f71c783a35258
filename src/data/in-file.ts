import { BetavaeError } from '../base/errors.ts'

/** Runs `read`, which may be waited for; its errors come out naming the file, once. */
export function inFile<T>(file: string, read: () => T): T {
  try {
    const result = read()
    if (!(result instanceof Promise)) return result
    return result.catch((error: unknown) => {
      throw naming(file, error)
    }) as T
  } catch (error) {
    throw naming(file, error)
  }
}

function naming(file: string, error: unknown): unknown {
  if (!(error instanceof BetavaeError)) return error
  const { code, seen, wanted, fix, usage, cause } = error
  if (seen.startsWith(`${file}: `)) return error
  return new BetavaeError({ code, seen: `${file}: ${seen}`, wanted, fix, usage, cause })
}
