/** Says at the end of a run what was left out and why, so that nothing vanishes in silence. */
import type { Reporter, TestModule } from 'vitest/node'
import { missing } from './outside.ts'

let isPicking = false

/** Skipped tests of a file, and why where somebody said so. */
function skippedOf(module: TestModule): string[] {
  const tests = Array.from(module.children.allTests('skipped'))
  if (tests.length === 0) return []
  const notes = tests.map((test) => {
    const result = test.result()
    return result.state === 'skipped' ? result.note : undefined
  })
  const why = [...new Set(notes.filter((note) => note !== undefined))]
  const named = `${tests.length > 1 ? `${tests.length} tests, such as ` : ''}“${tests[0].fullName}”`
  return [`${module.relativeModuleId}: ${named}${why.length > 0 ? ` (${why.join('; ')})` : ''}`]
}

export const leftOut: Reporter = {
  onInit(vitest) {
    isPicking = vitest.config.testNamePattern !== undefined
  },
  onTestRunEnd(modules) {
    // Who asks for tests by name has left the others out.
    if (isPicking) return
    const files = missing().map(({ files: own, words }) => `${own.join(', ')}: no ${words}`)
    const lines = [...files, ...modules.flatMap(skippedOf)]
    if (lines.length > 0)
      console.log(`Left out (CONTRIBUTING.md says what tests need):\n  ${lines.join('\n  ')}\n`)
  },
}
