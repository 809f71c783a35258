/** Jobs that many processes share: their merged outputs are those of one. */
import { readFile, rm, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  inProcess,
  leaveFor,
  listing,
  start,
  temporaryFolder,
  told,
} from '../../src/apps/cli/running.testing.ts'
import { scheduledShard } from '../../src/apps/cli/shards/schedulers.ts'
import { fillNormal } from '../../src/base/random.ts'
import { blockOf } from '../../src/data/tables/row-block.ts'

const home = process.cwd()
const folder = await temporaryFolder()
const noise = fillNormal(new Float32Array(8000), { seed: 3, stream: 1002, step: 0 })

/** Numbers, words, dates and gaps; in the last rows texts among codes that are numbers before. */
function visits(count: number): string {
  const lines = Array.from({ length: count }, (_, i) => {
    const height = 10 + 8 * (i % 3) + noise[i]
    const width = i % 10 === 3 ? '' : (height / 2 + noise[count + i] / 2).toFixed(2)
    const place = i % 12 === 5 ? '' : ['fern', 'moss', '"reed, tall"'][i % 3]
    const day = new Date(Date.UTC(2024, 0, 1 + (i % 300))).toISOString().slice(0, 10)
    return `${i < count - 20 ? `${i}.0` : `x${i}`},${place},${height.toFixed(2)},${width},${day}`
  })
  return `${['code,kind,height,width,day', ...lines].join('\n')}\n`
}

beforeAll(async () => {
  process.chdir(folder.path)
  await writeFile('visits.csv', visits(700))
  await told(...'train visits.csv --steps 60 --threads 1 --exclude code --no-report --out run'.split(' '))
  await told(
    ...'train digits --steps 20 --latent 2 --hidden 8 --threads 1 --no-report --out images'.split(' '),
  )
})
afterAll(async () => {
  await leaveFor(home)
  await folder.remove()
})

const same = async (one: string, other: string): Promise<void> =>
  expect((await readFile(one)).equals(await readFile(other)), `${one} as ${other}`).toBe(true)

test('scores of seven processes, two killed and run again, are to the byte those of one', async () => {
  const words = ['score', 'run', 'visits.csv', '--out', 'scores.csv', '--shard']
  const killed = [2, 5].map((shard) => start(folder.path, [...words, `${shard}/7`]))
  for (const { process } of killed) setTimeout(() => process.kill('SIGKILL'), 250)
  for (const { ended } of killed) expect((await ended).code).toBe(null)
  for (const shard of [1, 3, 4, 6, 7]) await told(...words, `${shard}/7`)
  expect((await inProcess('merge', 'scores.csv')).err).toBe(
    '"scores.csv" without shards 2/7, 5/7; wanted all shards to have come to their end. Fix: run what is missing again: --shard 2/7. [shards/missing]\n',
  )
  const again = [2, 5].map((shard) => start(folder.path, [...words, `${shard}/7`]))
  for (const { ended } of again) expect((await ended).code).toBe(0)
  const { code, err } = await inProcess('merge', 'scores.csv')
  expect({ code, err }).toEqual({ code: 0, err: 'scores.csv: 700 rows of 7 shards\n' })
  await told('score', 'run', 'visits.csv', '--out', 'whole.csv')
  await same('scores.csv', 'whole.csv')
  // A part is a table of its own, and the same bytes when it is made again.
  const part = await readFile('scores.3-of-7.csv', 'utf8')
  expect(part.split('\n')[1]).toContain(',201,')
  const before = await listing('.')
  await told(...words, '3/7')
  expect(await listing('.')).toEqual(before)
}, 60_000)

describe.each(['.csv', '.parquet', '.jsonl'])('a %s', (ending) => {
  test.each([
    ['filled', ['impute', 'visits.csv', '--run', 'run']],
    ['found', ['score', 'run', 'visits.csv', '--draws', '1']],
  ])('%s in three shards is that of one run', async (name, words) => {
    const out = `${name}${ending}`
    for (const shard of [1, 2, 3]) await told(...words, '--out', out, '--shard', `${shard}/3`)
    await told('merge', out)
    await told(...words, '--out', `whole-${out}`)
    await same(out, `whole-${out}`)
  })
})

test('what comes from JSON, and from Parquet with types of its own', async () => {
  for (const source of ['filled.jsonl', 'filled.parquet'])
    for (const out of ['more.jsonl', 'more.parquet']) {
      const words = ['impute', source, '--run', 'run']
      for (const shard of [1, 2]) await told(...words, '--out', out, '--shard', `${shard}/2`)
      await told('merge', out)
      await told(...words, '--out', `whole-${out}`)
      await same(out, `whole-${out}`)
    }
})

test.each(['codes.npy', 'codes.csv', 'nats.csv', 'nats.npy'])('%s of images', async (out) => {
  const verb = out.startsWith('codes') ? ['encode'] : ['score', '--draws', '1']
  const words = [verb[0], 'images', 'digits', ...verb.slice(1)]
  for (let shard = 1; shard <= 9; shard++) await told(...words, '--out', out, '--shard', `${shard}/9`)
  await told('merge', out)
  await told(...words, '--out', `whole-${out}`)
  await same(out, `whole-${out}`)
})

test('shards that do not belong together, or were changed, are not merged', async () => {
  const words = (more: string) => `score run visits.csv --out odd.csv ${more}`.split(' ')
  await told(...words('--shard 1/2 --draws 1'))
  await told(...words('--shard 2/2 --draws 2'))
  expect((await inProcess('merge', 'odd.csv')).err).toMatch(
    /odd\.2-of-2\.csv" whose options is .*\[shards\/other\]/,
  )
  await writeFile('less.csv', visits(650))
  await told(...'score run less.csv --out odd.csv --shard 2/2 --draws 1'.split(' '))
  expect((await inProcess('merge', 'odd.csv')).err).toContain('whose data is')
  await told(...words('--shard 2/2 --draws 1'))
  await writeFile('odd.2-of-2.csv', (await readFile('odd.2-of-2.csv', 'utf8')).replace('7', '8'))
  expect((await inProcess('merge', 'odd.csv')).err).toContain('[shards/changed]')
  await told(...words('--shard 2/3 --draws 1'))
  expect((await inProcess('merge', 'odd.csv')).err).toContain('[shards/counts]')
})

test('a sweep whose members three processes train at once is that of one', async () => {
  const words = 'sweep digits --beta 1,2,4 --seeds 1 --steps 12 --latent 2 --hidden 8 --threads 1'.split(' ')
  const shards = [1, 2, 3].map((shard) =>
    start(folder.path, [...words, '--out', 'shared', '--shard', `${shard}/3`]),
  )
  for (const { ended } of shards) expect(await ended).toMatchObject({ code: 0 })
  await rm('shared/members/beta-2-seed-0', { recursive: true })
  expect((await inProcess('merge', 'shared')).err).toContain('"shared" without beta-2-seed-0; wanted')
  await told(...words, '--out', 'shared', '--shard', '2/3')
  expect((await inProcess('merge', 'shared')).code).toBe(0)
  await told(...words, '--out', 'alone')
  const read = async (path: string) => JSON.parse(await readFile(path, 'utf8'))
  expect(await read('shared/frontier.json')).toEqual(await read('alone/frontier.json'))
  const weights = 'members/beta-2-seed-0/model/weights.safetensors'
  await same(`shared/${weights}`, `alone/${weights}`)
}, 60_000)

test('schedulers tell the shard, where they are named', () => {
  const slurm = { SLURM_ARRAY_TASK_ID: '12', SLURM_ARRAY_TASK_MIN: '10', SLURM_ARRAY_TASK_COUNT: '7' }
  expect(scheduledShard('slurm', slurm)).toEqual({ shard: 3, of: 7 })
  expect(scheduledShard('kubernetes', { JOB_COMPLETION_INDEX: '0', JOB_COMPLETIONS: '7' })).toEqual({
    ...{ shard: 1, of: 7 },
  })
  const aws = { AWS_BATCH_JOB_ARRAY_INDEX: '6', AWS_BATCH_JOB_ARRAY_SIZE: '7' }
  expect(scheduledShard('aws', aws)).toEqual({ shard: 7, of: 7 })
  // An array with gaps has numbers that are no shards.
  expect(() => scheduledShard('slurm', { ...slurm, SLURM_ARRAY_TASK_ID: '40' })).toThrow(
    'cli/shard-environment',
  )
  expect(() => scheduledShard('kubernetes', { JOB_COMPLETION_INDEX: '0' })).toThrow('JOB_COMPLETIONS=;')
})

test('blocks hold every row once', () => {
  for (const [rows, of, unit] of [
    [700, 7, 1],
    [5, 7, 1],
    [1797, 9, 256],
    [0, 3, 1],
    [256, 2, 256],
  ]) {
    const blocks = Array.from({ length: of }, (_, at) => blockOf(rows, { shard: at + 1, of }, unit))
    const found = blocks.flatMap(({ first, count }) => Array.from({ length: count }, (_, at) => first + at))
    expect(found).toEqual(Array.from({ length: rows }, (_, row) => row))
    expect(blocks.every(({ first, count }) => count === 0 || first % unit === 0)).toBe(true)
  }
})
