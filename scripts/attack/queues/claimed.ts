import { addJob, claimJob, cleanQueue, finishJob, takenJob } from '../../../src/inside.node.ts'
import { faultText, type Row } from '../attack.ts'
import { openedQueue, type Scene } from './scene.ts'

const JOBS = 10_000
const AT_ONCE = 4
const LEAST = 100

type Queue = Awaited<ReturnType<typeof openedQueue>>
type Work = Parameters<typeof addJob>[1]

const workOf = (round: number, at: number): Work =>
  ({
    kind: 'sweep member',
    task: {
      name: `job-${round}-${at}`,
      recipe: { training: { steps: 1 }, engine: { name: 'native' } },
      split: 'test',
      hasFactors: false,
    },
    digests: '{}',
  }) as unknown as Work

/** Does something for each of so many numbers, some at once; gives how many there were a second. */
async function rate(count: number, act: (at: number) => Promise<unknown>): Promise<number> {
  const began = performance.now()
  let next = 0
  const lane = async () => {
    while (next < count) await act(next++)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  return Math.round((count / (performance.now() - began)) * 1000)
}

const TABLES = "'betavae.job', 'betavae.chunk', 'betavae_queue.job_common'"

async function standing({ ask }: Queue): Promise<{ rows: number; megabytes: number }> {
  // What the server does by itself within minutes.
  for (const table of ['betavae.job', 'betavae.chunk', 'betavae_queue.job_common'])
    await ask(`vacuum ${table}`)
  const [{ rows, bytes }] = await ask(
    `select (select count(*) from betavae.job) + (select count(*) from betavae.chunk)
       + (select count(*) from betavae_queue.job) as rows,
     (select sum(pg_total_relation_size(name::regclass)) from unnest(array[${TABLES}]) as name) as bytes`,
  )
  return { rows: Number(rows), megabytes: Number(bytes) / 1e6 }
}

async function round(queue: Queue, number: number, count: number) {
  const keys: string[] = []
  const put = await rate(count, async (at) => keys.push(await addJob(queue, workOf(number, at))))
  const full = await standing(queue)
  let missed = 0
  const claimed = await rate(count, async () => {
    const claim = await claimJob(queue, 'one')
    if (claim) await finishJob(queue, claim, { failed: { code: 'none', message: 'nothing was to be done' } })
    else missed++
  })
  const taken = await rate(count, (at) => takenJob(queue, keys[at]))
  const cleaned = await cleanQueue(queue, { kept: 0 })
  return { put, claimed, taken, cleaned, missed, full, after: await standing(queue) }
}

const ROUNDS = 3

export async function claimed(scene: Scene): Promise<Row> {
  await using queue = await openedQueue(scene)
  const rounds: Awaited<ReturnType<typeof round>>[] = []
  for (let number = 0; number < ROUNDS; number++) {
    rounds.push(await round(queue, number, JOBS))
    scene.tell(JSON.stringify(rounds.at(-1)))
  }
  // Pages of an index that are empty are used again from the second time on that they are looked at.
  const [, second, last] = rounds.map(({ after }) => after.megabytes)
  const faults = [
    ...rounds.flatMap(({ claimed, cleaned, missed, after }) => [
      ...(claimed >= LEAST ? [] : [`${claimed} claims a second`]),
      ...(cleaned === JOBS && missed === 0 && after.rows === 0
        ? []
        : [`${cleaned} cleaned, ${missed} missed, ${after.rows} rows left`]),
    ]),
    ...(last <= 1.1 * second ? [] : ['the tables grow']),
  ]
  const listed = (of: (one: (typeof rounds)[number]) => string | number) => rounds.map(of).join(', ')
  return {
    what: `${JOBS.toLocaleString('en')} jobs put, claimed and finished ${AT_ONCE} at once, cleaned away; ${ROUNDS} times`,
    measured: `put ${listed(({ put }) => put)} a second; claimed and finished ${listed(({ claimed }) => claimed)} a second; tables of ${listed(({ full }) => full.megabytes.toFixed(1))} MB when full, ${listed(({ after }) => after.megabytes.toFixed(1))} MB after; no rows left`,
    wanted: `≥ ${LEAST} claims a second; no row left, tables that do not grow`,
    faults: faultText(faults),
  }
}
