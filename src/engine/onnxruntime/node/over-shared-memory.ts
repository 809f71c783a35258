/** `env.memory` as it stands among the imports of a module: its names, and a memory of any size that one thread has. */
const OF_ONE = [3, ...text('env'), 6, ...text('memory'), 2, 0, 0]
/** The same as a memory that threads share, of at most 65,536 pages, which such a memory has to say. */
const SHARED = [...OF_ONE.slice(0, -2), 3, 0, 0x80, 0x80, 4]

/** Section of imports, and how many there are. */
const [IMPORTS, ONE] = [2, 1]

/**
 * A module that imports one memory and nothing else, so that threads may share that; otherwise it computes the same.
 *
 * A module says which of the two it takes, so it would have to be kept twice, and a page has no use for the second.
 */
export function overSharedMemory(code: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const bytes = [...code]
  const from = [IMPORTS, OF_ONE.length + 1, ONE, ...OF_ONE]
  const at = bytes.findIndex((_, start) => from.every((byte, i) => bytes[start + i] === byte))
  if (at < 0) throw new Error('a kernel imports env.memory and nothing else')
  const into = [IMPORTS, SHARED.length + 1, ONE, ...SHARED]
  return Uint8Array.from([...bytes.slice(0, at), ...into, ...bytes.slice(at + from.length)])
}

function text(name: string): number[] {
  return [...new TextEncoder().encode(name)]
}
