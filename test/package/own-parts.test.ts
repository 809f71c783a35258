/**
 * Parts of one's own against the package as it is published, in an empty folder: a term, a likelihood, a metric, a detector
 * and a kind of column, in code, on the command line and to the compiler.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { BIN, type Done, execute, nodes, pack, temporary, unpack } from './user.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 300_000 })

const root = join(import.meta.dirname, '..', '..')
const folder = await temporary()
const user = join(folder.path, 'user')
afterAll(folder.remove)

beforeAll(async () => {
  const { tarball } = await pack(folder.path)
  await mkdir(user)
  await unpack(user, tarball)
  await cp(join(import.meta.dirname, 'own'), user, { recursive: true })
  const row = (i: number) => [Math.sin(i), Math.cos(i) * (i % 40 === 0 ? 9 : 1), i % 3].join()
  await writeFile(join(user, 'waves.csv'), table('a,b,label', row))
  const wind = (i: number) => Math.round(360 + 80 * Math.sin(i)) % 360
  const speed = (i: number) => (10 + 5 * Math.sin((wind(i) * Math.PI) / 180)).toFixed(1)
  await writeFile(
    join(user, 'winds.csv'),
    table(
      'wind,speed,odd',
      (i) => `${i % 50 === 9 ? '' : `${wind(i)}°`},${i % 40 === 0 ? 40 : speed(i)},${Number(i % 40 === 0)}`,
    ),
  )
})

const table = (names: string, row: (i: number) => string): string =>
  `${[names, ...Array.from({ length: 160 }, (_, i) => row(i))].join('\n')}\n`

const betavae = (...words: string[]): Promise<Done> =>
  execute(user, 'node', [BIN, ...words.flatMap((each) => each.split(' '))], nodes.ours)

async function done(...words: string[]): Promise<string> {
  const { code, out, err } = await betavae(...words)
  expect([words.join(' '), code], err).toEqual([words.join(' '), 0])
  return out
}

const json = async (path: string) => JSON.parse(await readFile(join(user, path), 'utf8'))
const weights = (run: string) => readFile(join(user, run, 'model', 'weights.safetensors'))

const small = '--latent 2 --hidden 8 --batch 16 --threads 1 --seed 3'
const own = '--with ./parts.ts --likelihood cushioned --scale 0.25 --towards 3 --towards-place -1 --beta 0.1'

test('in code: trained, previewed, judged, opened again, exported, checked', async () => {
  const { out, err } = await execute(user, 'node', ['memory.ts'], nodes.ours)
  expect(err).toBe('')
  const found = JSON.parse(out)
  expect(found.formula).toContain('|x − x̂| / 0.25')
  expect(found.readings[1]).toBe('z ~ Laplace(-1, 0.3333333333333333)')
  const mean = found.means.reduce((sum: number, value: number) => sum + value, 0) / found.means.length
  expect(Math.abs(mean + 1)).toBeLessThan(0.5)
  expect(found.apart).toBeGreaterThan(0)
  expect(found.again).toBeCloseTo(found.apart, 6)
  expect([found.flaws, found.ofColumns]).toEqual([[], []])
  expect(found.encoder).toBeGreaterThan(200)
  expect(found.odd - found.usual).toBeGreaterThan(2)
  expect(found.causes).toContain('wind')
  expect(found.filled.wind).toMatch(/^[\d.]+°$/)
  expect([found.missing, found.unknown, found.misspelled].join('\n')).toMatchInlineSnapshot(`
    "BetavaeError: the likelihood "cushioned", a part that is not here; wanted the part that the training was given. Fix: pass it: { parts: [ … ] }. [parts/missing]
    BetavaeError: unknown metric "aprat"; wanted all, or some of mig, dci, sap, betaVae, factorVae, modularity, explicitness, irs, totalCorrelation, wassersteinCorrelation, mutualInformation, apart. Fix: name metrics from that list. [metrics/unknown]
    BetavaeError: likelihood "cushoined"; wanted bernoulli, gaussian, squared-error, continuous-bernoulli, laplace, categorical, discretized-logistic, logistic-mixture, poisson, negative-binomial, zero-inflated-nb, beta, hurdle, columns, cushioned. Fix: name one of those. [choice/unknown-likelihood]"
  `)
})

test('on the command line: explained, trained, judged, exported, reported, scored', async () => {
  expect(await done('train --with ./parts.ts --help')).toContain('--towards-place <x>')
  const ledger = JSON.parse(await done('explain waves.csv', '--label label', small, own, '--json'))
  expect(ledger.terms[1]).toMatchObject({ name: 'towards', weight: 3 })
  await done('train waves.csv', '--label label', small, own, '--steps 200 --out run')
  expect((await json('run/recipe.json')).parts.map(({ name }: { name: string }) => name)).toEqual([
    ...['apart', 'cushioned', 'degrees', 'farOut', 'towards'],
  ])
  expect(await readFile(join(user, 'run', 'report.html'), 'utf8')).toContain('‖z − -1‖₁')
  const { metrics } = JSON.parse(await done('evaluate run --metrics apart,mig --json'))
  expect(Object.keys(metrics)).toEqual(['mig', 'apart'])
  await done('export run --to onnx --out exported')
  for (const half of ['encoder', 'decoder'])
    expect(existsSync(join(user, 'exported', `${half}.onnx`))).toBe(true)
  await done(
    'train winds.csv --with ./parts.ts --kind wind=degrees --exclude odd --steps 200 --threads 1 --out winds --no-report',
  )
  expect((await json('winds/recipe.json')).data.table.columns[0]).toMatchObject({
    kind: 'own',
    own: 'degrees',
  })
  const { baselines } = JSON.parse(await done('score winds winds.csv --label odd --json'))
  expect(baselines.farOut).toMatchObject({ rocAuc: 1 })
  await done('impute winds.csv --run winds --out filled.csv')
  expect((await readFile(join(user, 'filled.csv'), 'utf8')).split('\n')[10]).toMatch(/^[\d.]+°,/)
})

test('killed and gone on with it comes to the same bits as one that was left alone', async () => {
  const words = ['train waves.csv', '--label label', small, own, '--no-report'].join(' ')
  const child = spawn('node', [BIN, ...`${words} --steps 1000000 --out killed`.split(' ')], {
    ...{ cwd: user, env: nodes.ours, stdio: 'ignore' },
  })
  while (!existsSync(join(user, 'killed', 'checkpoints', 'last.safetensors'))) {
    expect(child.exitCode).toBe(null)
    await pause(20)
  }
  child.kill('SIGKILL')
  await once(child, 'exit')
  // It was to go on for long; the last step that it knows of is behind its checkpoint, and both end soon after.
  const log = (await readFile(join(user, 'killed', 'events.jsonl'), 'utf8')).trim().split('\n')
  const steps = Math.max(...log.map((line) => JSON.parse(line).step ?? 0)) + 200
  const recipe = await json('killed/recipe.json')
  await writeFile(
    join(user, 'killed', 'recipe.json'),
    JSON.stringify({ ...recipe, training: { ...recipe.training, steps } }, null, 2),
  )
  await done('resume killed --no-report')
  await done(`${words} --steps ${steps} --out whole`)
  expect((await weights('killed')).equals(await weights('whole'))).toBe(true)
})

test('what is misspelled or missing is said, with the fix', async () => {
  await cp(join(user, 'parts.ts'), join(user, 'lent.ts'))
  await done(
    'train waves.csv',
    '--label label',
    small,
    own.replace('parts', 'lent'),
    '--steps 5 --out lent --no-report',
  )
  await done(
    'train winds.csv --with ./lent.ts --kind wind=degrees --steps 5 --threads 1 --out lent-winds --no-report',
  )
  await rename(join(user, 'lent.ts'), join(user, 'moved.ts'))
  const lines = [
    'train waves.csv --with ./parts.ts --likelihood cushoined',
    'train waves.csv --with ./parts.ts --towrads 3',
    'train winds.csv --with ./parts.ts --kind wind=degreees',
    'evaluate run --metrics aprat',
    'train waves.csv --with ./part.ts',
    'resume lent',
    'evaluate lent',
    'score lent-winds winds.csv',
  ]
  const told: string[] = []
  for (const line of lines) {
    const { code, err } = await betavae(line)
    told.push(`${line}\n  ${code}: ${err.trim().replaceAll(user, '…').replaceAll(folder.path, '…')}`)
  }
  expect(`\n${told.join('\n')}\n`).toMatchInlineSnapshot(`
    "
    train waves.csv --with ./parts.ts --likelihood cushoined
      2: --likelihood cushoined; wanted bernoulli, gaussian, squared-error, continuous-bernoulli, laplace, categorical, discretized-logistic, logistic-mixture, poisson, negative-binomial, zero-inflated-nb, beta, hurdle, columns, cushioned. Fix: write for example --likelihood bernoulli. [cli/option-value]
    train waves.csv --with ./parts.ts --towrads 3
      2: unknown option "--towrads"; wanted an option of "train". Fix: write --towards, or see betavae train --help. [cli/unknown-option]
    train winds.csv --with ./parts.ts --kind wind=degreees
      2: --kind wind=degreees; wanted column=kind, a kind of constant, degrees, binary, datetime, ordinal, identifier, count, real, categorical. Fix: write for example --kind visits=count. [cli/option-value]
    evaluate run --metrics aprat
      2: unknown metric "aprat"; wanted all, or some of mig, dci, sap, betaVae, factorVae, modularity, explicitness, irs, totalCorrelation, wassersteinCorrelation, mutualInformation, apart. Fix: name metrics from that list. [metrics/unknown]
    train waves.csv --with ./part.ts
      2: "…/part.ts", which cannot be imported: ENOENT: no such file or directory, open '…/part.ts'; wanted a JavaScript or TypeScript module. Fix: check the path, and run the module alone. [parts/module]
    resume lent
      2: the term "towards", a part that is not here; wanted what "…/lent.ts" exports. Fix: give its module: --with …/lent.ts. [parts/missing]
    evaluate lent
      2: lent/model/weights.safetensors: the likelihood "cushioned", a part that is not here; wanted what "…/lent.ts" exports. Fix: give its module: --with …/lent.ts. [parts/missing]
    score lent-winds winds.csv
      2: the column kind "degrees", a part that is not here; wanted what "…/lent.ts" exports. Fix: give its module: --with …/lent.ts. [parts/missing]
    "
  `)
  await done('evaluate lent --with ./moved.ts --json')
})

test('drafts with parts compile strictly, and misspelled names do not', async () => {
  const strict = { strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false }
  const files = ['parts.ts', 'memory.ts', 'misspelled.ts']
  const options = {
    target: 'es2022',
    lib: ['es2023', 'esnext.disposable'],
    noEmit: true,
    module: 'nodenext',
    allowImportingTsExtensions: true,
    types: ['node'],
  }
  await writeFile(
    join(user, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { ...options, ...strict }, files }),
  )
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  expect((await execute(user, 'node', [tsc, '-p', '.'], nodes.ours)).out).toBe('')
})
