/** What the page's main thread did, task by task, from Chromium's own trace. */
import type { Page } from 'playwright-core'

/** One task of the main thread. */
export interface Task {
  /** The newest mark before it. */
  readonly after: string
  /** Milliseconds that it computed; time in which it waited for a core is not counted. */
  readonly computed: number
  /** What took more than a few milliseconds in it. */
  readonly inside: readonly string[]
}

export interface MainThreadTrace {
  /** Names what comes next. */
  mark(name: string): Promise<void>
  /** Ends the trace; all tasks since the first mark. */
  end(): Promise<Task[]>
}

interface TraceEvent {
  readonly ph: string
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** Microseconds: when, how long, and how long of that the thread computed. */
  readonly ts: number
  readonly dur: number
  readonly tdur?: number
  readonly args?: { readonly data?: { readonly functionName?: string; readonly type?: string } }
}

const categories = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'v8.execute',
  'blink.user_timing',
]
const MARK = 'smooth:'
/** Microseconds from which a part of a task is worth naming. */
const WORTH_NAMING = 4000

/** Begins to trace. */
export async function traceMainThread(page: Page): Promise<MainThreadTrace> {
  const browser = await page.context().browser()!.newBrowserCDPSession()
  const events: TraceEvent[] = []
  browser.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value) events.push(event as unknown as TraceEvent)
  })
  await browser.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      recordMode: 'recordUntilFull',
      traceBufferSizeInKb: 200_000,
      includedCategories: categories,
    },
  })
  return {
    mark: (name) => page.evaluate((mark) => void performance.mark(mark), MARK + name),
    async end() {
      const complete = new Promise<void>((resolve) =>
        browser.once('Tracing.tracingComplete', () => resolve()),
      )
      await browser.send('Tracing.end')
      await complete
      await browser.detach()
      return tasksIn(events)
    },
  }
}

function tasksIn(events: readonly TraceEvent[]): Task[] {
  const marks = events.filter(({ name }) => name.startsWith(MARK)).sort((a, b) => a.ts - b.ts)
  const [{ pid, tid, ts: first }] = marks
  const done = events.filter((event) => event.ph === 'X' && event.pid === pid && event.tid === tid)
  return done
    .filter(({ name, ts }) => name === 'RunTask' && ts >= first)
    .map((task) => ({
      after: marks.findLast(({ ts }) => ts <= task.ts)!.name.slice(MARK.length),
      computed: (task.tdur ?? task.dur) / 1000,
      inside: done.filter((event) => isWorthNaming(event, task)).map(nameOf),
    }))
}

const isWorthNaming = (event: TraceEvent, task: TraceEvent): boolean =>
  event !== task &&
  !event.name.endsWith('RunTask') &&
  (event.tdur ?? 0) > WORTH_NAMING &&
  event.ts >= task.ts &&
  event.ts + event.dur <= task.ts + task.dur

const nameOf = ({ name, args, tdur = 0 }: TraceEvent): string =>
  `${name} ${args?.data?.functionName ?? args?.data?.type ?? ''} ${(tdur / 1000).toFixed(0)}`
