/** Something that a part does not do as its contract says. */
export interface Flaw {
  /** What was checked, such as `gradient`. */
  readonly check: string
  /** What was seen, and what was wanted. */
  readonly said: string
}

/** The flaw that `check` has where `holds` is false. */
export const flawUnless = (holds: boolean, check: string, said: () => string): Flaw[] =>
  holds ? [] : [{ check, said: said() }]

/** What `run` throws, as a flaw; what it gives otherwise. */
export async function flawsOf(check: string, run: () => Promise<readonly Flaw[]>): Promise<readonly Flaw[]> {
  try {
    return await run()
  } catch (error) {
    return [{ check, said: error instanceof Error ? error.message : String(error) }]
  }
}
