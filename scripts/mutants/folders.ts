/** What is mutated, and the tests that are to notice. */
export interface Folder {
  readonly mutate: readonly string[]
  /** Quick tests of that code: without browsers, packages and long trainings. */
  readonly tests: readonly string[]
}

export const folders = {
  graph: {
    mutate: ['src/graph/**'],
    tests: [
      'src/graph/**/*.test.ts',
      'src/engine/{conformance,convolution,executable,fusions,ops}.test.ts',
      'test/golden/*.test.ts',
    ],
  },
  objective: {
    mutate: ['src/objective/**'],
    tests: ['src/objective/**/*.test.ts', 'test/golden/*.test.ts'],
  },
  metrics: {
    mutate: ['src/statistics/metrics/**', 'src/evaluate/**'],
    tests: ['src/statistics/metrics/*.test.ts', 'src/evaluate/*.test.ts', 'test/metrics/fixtures.test.ts'],
  },
  readers: {
    mutate: [
      'src/data/formats/**',
      'src/data/images/**',
      'src/data/sources/**',
      'src/data/tables/readers/**',
    ],
    tests: [
      'src/data/{formats,images,sources}/*.test.ts',
      'src/data/{assemble,idx-folder,npz-dataset,open-bytes}.test.ts',
      'src/data/tables/readers/*.test.ts',
      'src/data/tables/{open-table-bytes,strangers}.test.ts',
      'src/data/tables/node/open-table.test.ts',
      'test/tables/writers.test.ts',
    ],
  },
} as const satisfies Record<string, Folder>

/** A few files, all mutants of which take less than a minute. */
export const brief: Folder = {
  mutate: ['src/data/formats/idx.ts'],
  tests: ['src/data/formats/idx*.test.ts'],
}

export type FolderName = keyof typeof folders

/** By the name that the environment has. */
export const folderOf = (name: string | undefined): Folder => folders[name as FolderName] ?? brief
