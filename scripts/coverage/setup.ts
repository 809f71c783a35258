/** Counts what runs in a worker of vitest; after each file, since workers are ended without notice. */
import { afterAll } from 'vitest'
import { startCounting } from './counting.ts'

const kept = globalThis as { $leave?: () => void }
// Workers that keep their modules come here once for each file.
kept.$leave ??= startCounting().leave
afterAll(() => kept.$leave?.())
