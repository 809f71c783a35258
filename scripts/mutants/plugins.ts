/** What Stryker is brought: a checker that leaves out mutants beside the sample, and what leaves out words. */
import { isDrawn, type Mutant, type Sample } from './sample.ts'
import { wordsFor } from './words.ts'

/** Stryker asks a checker whether a mutant compiles; ours says that all outside of the sample do not. */
class SampleChecker {
  static inject = ['options'] as const
  readonly #sample: Sample

  constructor(options: { readonly sample: Sample }) {
    this.#sample = options.sample
  }

  async init(): Promise<void> {}

  async check(mutants: readonly Mutant[]) {
    const one = (mutant: Mutant) =>
      isDrawn(mutant, this.#sample)
        ? { status: 'passed' }
        : { status: 'compileError', reason: 'not in the sample' }
    return Object.fromEntries(mutants.map((mutant) => [mutant.id, one(mutant)]))
  }

  async group(mutants: readonly Mutant[]): Promise<string[][]> {
    return [mutants.map(({ id }) => id)]
  }
}

export const strykerPlugins = [
  { kind: 'Checker', name: 'sample', injectableClass: SampleChecker },
  { kind: 'Ignore', name: 'words', value: { shouldIgnore: wordsFor } },
]
