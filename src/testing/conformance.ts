/** What every engine must pass. Free of any test framework, so that it runs in a browser's worker too. */
import type { NDArray } from '../base/arrays.ts'
import { BetavaeError } from '../base/errors.ts'
import { fillNormal, streams } from '../base/random.ts'
import type { Engine, Feeds, LoadOptions } from '../engine/engine.ts'
import { referenceEngine } from '../engine/reference.ts'
import { square } from '../graph/functions.ts'
import { gradient } from '../graph/gradient.ts'
import { add } from '../graph/ops/add.ts'
import { cast } from '../graph/ops/cast.ts'
import { input } from '../graph/ops/input.ts'
import { matmul } from '../graph/ops/matmul.ts'
import { mul } from '../graph/ops/mul.ts'
import { sub } from '../graph/ops/sub.ts'
import { sum } from '../graph/ops/sum.ts'
import { tanh } from '../graph/ops/tanh.ts'
import { type Program, program } from '../graph/program.ts'
import { opCases, programOf } from './op-cases.ts'
import { relativeDifference } from './probing.ts'

export interface Check {
  readonly name: string
  /** Rejects, saying what differs. */
  run(): Promise<void>
}

/** The suite, check by check. */
export const conformance = (engine: Engine): Check[] => [
  ...opChecks(engine),
  ...shapeChecks(engine),
  ...stateChecks(engine),
  ...refusals(engine),
]

function must(holds: boolean, complaint: string): void {
  if (!holds) throw new Error(complaint)
}

const normal = (shape: readonly number[], seed: number): NDArray => ({
  data: fillNormal(new Float32Array(shape.reduce((a, b) => a * b, 1)), {
    seed,
    stream: streams.evaluation,
    step: 0,
  }),
  shape,
})

function mustAgree(engine: Engine, got: Feeds, wanted: Feeds): void {
  must(
    Object.keys(got).join() === Object.keys(wanted).join(),
    `outputs ${Object.keys(got)}; wanted ${Object.keys(wanted)}`,
  )
  for (const [name, value] of Object.entries(wanted)) {
    must(
      got[name].shape.join() === value.shape.join(),
      `"${name}" has shape [${got[name].shape}]; wanted [${value.shape}]`,
    )
    const difference = relativeDifference(got[name], value)
    must(
      difference <= engine.tolerance,
      `"${name}" differs by ${difference}; wanted at most ${engine.tolerance}`,
    )
  }
}

/** Runs a program here and on the reference, once for each set of feeds, and compares outputs and state. */
async function agrees(
  engine: Engine,
  traced: Program,
  runs: readonly Feeds[],
  options: LoadOptions = {},
): Promise<void> {
  using exact = await referenceEngine.load(traced, options)
  using own = await engine.load(traced, options)
  for (const feeds of runs) mustAgree(engine, await own.run(feeds), await exact.run(feeds))
  mustAgree(engine, await own.state(), await exact.state())
}

const opChecks = (engine: Engine): Check[] =>
  opCases.map((opCase) => ({
    name: `${opCase.name} and its gradient agree with the reference`,
    run: () => agrees(engine, programOf(opCase), [opCase.feeds]),
  }))

/** tanh(x·w + b) of a batch whose size is not known before the run. */
const layer = () => tanh(add(matmul(input('x', ['batch', 3]), input('w', [3, 4])), input('b', [4])))
const parameters = { w: normal([3, 4], 1), b: normal([4], 2) }

const shapeChecks = (engine: Engine): Check[] => [
  {
    name: 'one load runs at several batch sizes',
    run: () =>
      agrees(
        engine,
        program('layer', { y: layer() }),
        [5, 2, 7].map((batch) => ({ x: normal([batch, 3], batch), ...parameters })),
      ),
  },
  {
    name: 'bytes are fed as bytes and cast by the program',
    run: () =>
      agrees(
        engine,
        program('bytes', { y: mul(cast(input('pixels', ['batch', 3], 'uint8'), 'float32'), 1 / 255) }),
        [{ pixels: { data: Uint8Array.of(0, 1, 127, 128, 254, 255), shape: [2, 3] } }],
      ),
  },
  {
    name: 'constants are part of the loaded program',
    run: () =>
      agrees(engine, program('layer', { y: layer() }), [{ x: normal([2, 3], 3) }], { constants: parameters }),
  },
  {
    name: 'an output that is an input, and one tensor under two names',
    run: () => {
      const x = input('x', [3])
      const y = add(x, 1)
      return agrees(engine, program('names', { same: x, y, again: y }), [{ x: normal([3], 4) }])
    },
  },
  { name: 'results are written into arrays given beforehand', run: () => writesInto(engine) },
  { name: 'the same feeds give the same bits', run: () => repeats(engine) },
]

async function writesInto(engine: Engine): Promise<void> {
  const traced = program('into', { y: layer(), total: sum(layer()) })
  const feeds = { x: normal([2, 3], 5), ...parameters }
  using own = await engine.load(traced)
  const wanted = await own.run(feeds)
  const allocate = engine.precision === 'float64' ? Float64Array : Float32Array
  const into = { y: { data: new allocate(8).fill(9), shape: [2, 4] } }
  for (let time = 0; time < 2; time++) {
    const got = await own.run(feeds, into)
    must(got.y === into.y, 'the result is not the array that was given')
    must(relativeDifference(into.y, wanted.y) === 0, 'the array given does not hold the result')
    must(got.total !== undefined, 'the other output is missing')
    into.y.data.fill(9)
  }
}

async function repeats(engine: Engine): Promise<void> {
  const x = input('x', ['batch', 64])
  const w = input('w', [64, 48])
  const loss = sum(square(tanh(matmul(x, w))))
  using own = await engine.load(program('loss', { loss, slope: gradient(loss, [w])[0] }))
  const feeds = { x: normal([96, 64], 6), w: normal([64, 48], 7) }
  const first = await own.run(feeds)
  for (let time = 0; time < 3; time++) {
    const again = await own.run(feeds)
    must(relativeDifference(again.loss, first.loss) === 0, 'the loss has other bits the second time')
    must(relativeDifference(again.slope, first.slope) === 0, 'the gradient has other bits the second time')
  }
}

/** Momentum descent on ‖w − x‖², x one number: two carried inputs, one of which feeds the other. */
export function momentum(size: number): { traced: Program; options: LoadOptions } {
  const [w, velocity] = ['w', 'velocity'].map((name) => input(name, [size]))
  const loss = sum(square(sub(w, input('x', []))))
  const [slope] = gradient(loss, [w])
  const nextVelocity = add(mul(velocity, 0.9), slope)
  return {
    traced: program('momentum', { loss, nextVelocity, nextW: sub(w, mul(nextVelocity, 0.05)) }),
    options: {
      carry: { w: 'nextW', velocity: 'nextVelocity' },
      state: { w: normal([size], 8), velocity: { data: new Float32Array(size), shape: [size] } },
    },
  }
}

const stateChecks = (engine: Engine): Check[] => [
  {
    name: 'carried state goes from run to run',
    run: () => {
      const { traced, options } = momentum(6)
      return agrees(
        engine,
        traced,
        [1, 2, 3, 4, 5].map((seed) => ({ x: normal([], seed) })),
        options,
      )
    },
  },
  { name: 'state copied out and loaded again continues to the same bits', run: () => resumes(engine) },
  { name: "state copied out is the reader's own", run: () => copiesState(engine) },
  { name: 'two programs run at once', run: () => runsTogether(engine) },
]

async function resumes(engine: Engine): Promise<void> {
  const { traced, options } = momentum(6)
  const feeds = [1, 2, 3, 4].map((seed) => ({ x: normal([], seed) }))
  using whole = await engine.load(traced, options)
  for (const feed of feeds) await whole.run(feed)
  using before = await engine.load(traced, options)
  for (const feed of feeds.slice(0, 2)) await before.run(feed)
  using after = await engine.load(traced, { ...options, state: await before.state() })
  for (const feed of feeds.slice(2)) await after.run(feed)
  const [wanted, got] = [await whole.state(), await after.state()]
  for (const name of Object.keys(wanted))
    must(relativeDifference(got[name], wanted[name]) === 0, `"${name}" has other bits after the resume`)
}

async function copiesState(engine: Engine): Promise<void> {
  const { traced, options } = momentum(6)
  using own = await engine.load(traced, options)
  const read = async () => Array.from((await own.state()).w.data).join()
  for (let time = 0; time < 2; time++) {
    const kept = await read()
    ;(await own.state()).w.data.fill(0)
    must((await read()) === kept, 'changing a copy of the state changed the state')
    await own.run({ x: normal([], 1) })
    must((await read()) !== kept, 'a run left the state as it was')
  }
}

async function runsTogether(engine: Engine): Promise<void> {
  const feeds = { x: normal([5, 3], 9), ...parameters }
  using one = await engine.load(program('one', { y: layer() }))
  using two = await engine.load(program('two', { y: mul(layer(), 2) }))
  const [y, doubled] = await Promise.all([one.run(feeds), two.run(feeds)])
  const difference = relativeDifference(doubled.y, {
    data: y.y.data.map((value) => 2 * value),
    shape: y.y.shape,
  })
  must(difference <= engine.tolerance, `results differ by ${difference}`)
}

/** Each refusal must come as this project's error, before anything runs. */
function refusals(engine: Engine): Check[] {
  const traced = program('layer', { y: layer() })
  const feeds = { x: normal([2, 3], 5), ...parameters }
  const running = async (given: Feeds, into: Feeds = {}) => {
    using own = await engine.load(traced)
    await own.run(given, into)
  }
  const refusal = (name: string, code: string, attempt: () => Promise<unknown>): Check => ({
    name: `refuses ${name}`,
    run: async () => {
      const error = await attempt().then(
        () => undefined,
        (reason: unknown) => reason,
      )
      must(error instanceof BetavaeError && error.code === code, `${error ?? 'no error'}; wanted [${code}]`)
    },
  })
  const { traced: stepped, options } = momentum(6)
  return [
    refusal('a missing feed', 'engine/missing-feed', () => running({ ...parameters })),
    refusal('a feed of the wrong rank', 'engine/feed-shape', () => running({ ...feeds, x: normal([6], 5) })),
    refusal('a feed of the wrong extent', 'engine/feed-shape', () =>
      running({ ...feeds, b: normal([5], 5) }),
    ),
    refusal('a feed shorter than its shape', 'engine/feed-shape', () =>
      running({ ...feeds, x: { data: new Float32Array(5), shape: [2, 3] } }),
    ),
    refusal('a target of the wrong shape', 'engine/target-shape', () =>
      running(feeds, { y: { data: new Float32Array(4), shape: [1, 4] } }),
    ),
    refusal('a target for no output', 'engine/target-shape', () => running(feeds, { z: normal([2, 4], 1) })),
    refusal('a constant of the wrong shape', 'engine/feed-shape', () =>
      engine.load(traced, { constants: { b: normal([5], 1) } }),
    ),
    refusal('state that is missing', 'engine/missing-feed', () =>
      engine.load(stepped, { ...options, state: {} }),
    ),
    refusal('state of the wrong shape', 'engine/feed-shape', () =>
      engine.load(stepped, { ...options, state: { ...options.state, w: normal([5], 1) } }),
    ),
    refusal('carrying what is not there', 'engine/carry', () =>
      engine.load(stepped, { carry: { w: 'nowhere' } }),
    ),
    refusal('a run after dispose', 'engine/disposed', async () => {
      const own = await engine.load(traced)
      own.dispose()
      own.dispose()
      await own.run(feeds)
    }),
    refusal('reading the state after dispose', 'engine/disposed', async () => {
      const own = await engine.load(stepped, options)
      await own.run({ x: normal([], 1) })
      own.dispose()
      await own.state()
    }),
  ]
}
