import { configDefaults, defineConfig } from 'vitest/config'
import { leftOut } from './test/left-out.ts'
import { missing } from './test/outside.ts'

/**
 * What computes and leaves the process as it is: its tests share workers and their modules, which saves the third of a
 * second that each of hundreds of files takes to load them.
 */
const computing =
  'base,evaluate,export,graph,infer,model,objective,recipe,report,statistics,sweep,testing,train'
const together = [
  `src/{${computing}}/**/*.test.ts`,
  'src/data/{,tables/}*.test.ts',
  'src/data/{formats,images,sources,transforms,tables/{dates,forms,kinds,readers,windows}}/**/*.test.ts',
  'src/api/{,node/{reproduce,serve,shards,sweep,tables,thread}/}*.test.ts',
]
const all = ['src/**/*.test.ts', 'test/**/*.test.ts', 'examples/**/*.test.ts']

export default defineConfig({
  // Examples import `betavae` as their readers do; under test that is src/, by the paths of tsconfig.json, built or not.
  resolve: { tsconfigPaths: true },
  test: {
    // Two cores: ONNX Runtime's own threads compete with more than two test files at once.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ['default', leftOut],
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: together,
          isolate: false,
          setupFiles: ['src/objective/every-part.testing.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: all,
          exclude: [...configDefaults.exclude, ...together, ...missing().flatMap(({ files }) => files)],
        },
      },
    ],
  },
})
