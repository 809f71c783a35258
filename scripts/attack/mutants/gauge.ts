/** What this process and those that it started use, as Linux counts it. */
import { readFileSync, writeFileSync } from 'node:fs'
import type { Gauge } from './mutant.ts'

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // It has ended meanwhile.
    return ''
  }
}

const children = (): string[] =>
  read(`/proc/self/task/${process.pid}/children`)
    .split(' ')
    .filter((pid) => pid !== '')

const memory = (pid: string, name: string): number =>
  1024 * Number(new RegExp(`${name}:\\s+(\\d+)`).exec(read(`/proc/${pid}/status`))?.[1] ?? 0)

/** Seconds of processor time of a process so far; one of Linux's ticks is 10 ms. */
export function processorSeconds(pid: number | string): number {
  const stat = read(`/proc/${pid}/stat`)
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / 100
}

const ownSeconds = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** One that is reset before each mutant. */
export function gaugeOf(): Gauge {
  let held = new Map<string, number>()
  let spent = new Map<string, number>()
  let own = 0
  return {
    reset() {
      const pids = ['self', ...children()]
      for (const pid of pids) writeFileSync(`/proc/${pid}/clear_refs`, PEAK)
      held = new Map(pids.map((pid) => [pid, memory(pid, 'VmRSS')]))
      spent = new Map(children().map((pid) => [pid, processorSeconds(pid)]))
      own = ownSeconds()
    },
    seconds: () =>
      children().reduce(
        (sum, pid) => sum + Math.max(0, processorSeconds(pid) - (spent.get(pid) ?? 0)),
        ownSeconds() - own,
      ),
    grown: () =>
      ['self', ...children()].reduce((sum, pid) => sum + memory(pid, 'VmHWM') - (held.get(pid) ?? 0), 0),
  }
}

/** Makes what a process holds now the most that it has held (proc(5)). */
const PEAK = '5'
