import { readFileSync, writeFileSync } from 'node:fs'
import type { Result } from './result.ts'

const FILE = new URL('../results.json', import.meta.url)

/** All results on record; of each workload those of its last full race. */
export const recorded = (): Result[] => JSON.parse(readFileSync(FILE, 'utf8'))

/** Puts a race's results in the place of its workload's earlier ones; workloads stand in the order given. */
export function record(results: readonly Result[], order: readonly string[]): void {
  const raced = new Set(results.map(({ workload }) => workload))
  const kept = recorded().filter(({ workload }) => !raced.has(workload))
  const all = [...kept, ...results].sort((a, b) => order.indexOf(a.workload) - order.indexOf(b.workload))
  writeFileSync(FILE, `${JSON.stringify(all, null, 2)}\n`)
}
