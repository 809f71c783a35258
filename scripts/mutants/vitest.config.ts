import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { folderOf } from './folders.ts'

/** Quick tests first, since a mutant is done with at the first test that notices it. */
class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).reverse()
  }
}

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    // `scripts/mutants/try.ts` names the folder whose mutants are tried.
    include: [...folderOf(process.env.BETAVAE_MUTANTS_OF).tests],
    // It measures memory, which code with mutants in it takes more of.
    exclude: ['**/arrays.fuzz.test.ts'],
    // The modules are loaded once a mutant and not once a file, which takes half of the time.
    isolate: false,
    sequence: { sequencer: QuickFirst },
    // Code that counts what is run of it takes many times as long.
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
})
