import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Examples import `betavae` as their readers do; under test that is src/, by the paths of tsconfig.json, built or not.
  resolve: { tsconfigPaths: true },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'examples/**/*.test.ts'],
    // Two cores: ONNX Runtime's own threads compete with more than two test files at once.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
