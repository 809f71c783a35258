/** What came out of putting a server under load, and how it is told in docs/serve.md. */
import { table } from '../markdown.ts'

export interface Told {
  readonly perSecond: number
  readonly p50ms: number
  readonly p99ms: number
  readonly mostMs: number
  readonly requests: number
  readonly errors: Readonly<Record<string, number>>
}

export interface LoadRecord {
  readonly machine: string
  readonly clients: number
  readonly seconds: number
  /** Programs that wanted a core in the minute before each part began. */
  readonly busy: Readonly<Record<string, number>>
  readonly single: Told
  readonly many: Told
  readonly memoryMB: readonly number[]
  readonly loopHeldMs: number
  readonly swap: {
    readonly swaps: number
    readonly versions: number
    readonly requests: number
    readonly errors: Told['errors']
    readonly loopHeldMs: number
  }
  readonly stop: {
    readonly exit: number | null
    readonly seconds: number
    readonly requests: number
    readonly errors: Told['errors']
  }
  readonly fastapi: readonly (Told & { readonly workers: number })[]
}

const whole = (value: number): string => Math.round(value).toLocaleString('en')
const count = (errors: Told['errors']): number => Object.values(errors).reduce((sum, own) => sum + own, 0)
const times = (own: number, other: number): string => (own / other).toFixed(1)

/** The part of the page between its marks. */
export function tellLoad({ machine, clients, seconds, single, many, memoryMB, ...rest }: LoadRecord): string {
  const { loopHeldMs, swap, stop, fastapi, busy } = rest
  const others = Object.values(busy).some((own) => own > 0.5)
    ? ` The machine had other work meanwhile (load averages before the parts: ${Object.values(busy).join(', ')}).`
    : ''
  const line = (name: string, { perSecond, p50ms, p99ms, errors }: Told): string[] => [
    name,
    whole(perSecond),
    `${p50ms} ms`,
    `${p99ms} ms`,
    times(many.perSecond, perSecond),
    String(count(errors)),
  ]
  const head = ['', 'rows a second', 'half within', '99% within', 'ours over it', 'errors']
  return `${table(head, [
    line(`${clients} clients for ${seconds} s`, many),
    line('one client, one request after another', single),
    ...fastapi.map((own) =>
      line(
        `FastAPI and onnxruntime, ${own.workers} ${own.workers === 1 ? 'process' : 'processes'}, ${clients} clients`,
        own,
      ),
    ),
  ])}

${machine}; server and clients on one machine, over loopback.${others} Rows of 30 columns, one a request, scored with five causes each; FastAPI with uvloop scores the same model as \`export --to score\` writes it, in the same run, and gives no causes. Memory from the first second to the last: ${memoryMB.join(', ')} MB. The event loop was held for ${loopHeldMs} ms at most, ${swap.loopHeldMs} while models were opened.

${swap.swaps} times another model took over under the same load: of ${whole(swap.requests)} requests ${count(swap.errors)} failed. SIGTERM under the same load: of ${whole(stop.requests)} requests ${count(stop.errors)} were lost, exit ${stop.exit} after ${stop.seconds} s.`
}
