import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: {
    alias: [
      ring('betavae', 'node'),
      ring('betavae/browser', 'index'),
      ring('betavae/tables', 'tables.node'),
      ring('betavae/(metrics|pictures|runs|graph|testing)', '$1'),
    ],
  },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'examples/**/*.test.ts'],
    // Two cores: ONNX Runtime's own threads compete with more than two test files at once.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
