import { fileURLToPath } from 'node:url'
import { defineConfig, mergeConfig, type Plugin } from 'vitest/config'
import ours from '../../vitest.config.ts'
import { countedPath, instrumented } from './counting.ts'

const counted: Plugin = {
  name: 'counted',
  enforce: 'pre',
  transform(code, id) {
    const path = countedPath(id.split('?')[0])
    return path === undefined ? undefined : { code: instrumented(path, code).code, map: null }
  },
}

export default mergeConfig(
  ours,
  defineConfig({
    root: fileURLToPath(new URL('../..', import.meta.url)),
    plugins: [counted],
    test: {
      setupFiles: [fileURLToPath(new URL('setup.ts', import.meta.url))],
      // Counting takes time.
      testTimeout: 240_000,
      hookTimeout: 240_000,
    },
  }),
)
