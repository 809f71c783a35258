import {
  type Dataset,
  datasetOf,
  readWeights,
  type TableStream,
  type Trained,
  unitsOf,
} from '../../../../inside.ts'
import type { ExampleSet, Subject } from '../../protocol.ts'
import type { Engines } from '../engines.ts'
import { studioError } from '../failure.ts'
import type { Handlers } from '../handlers.ts'
import type { Host } from '../host.ts'
import { takeAway } from '../taking-away.ts'
import type { Course } from '../training/course.ts'
import { type Explored, Explorer } from './explorer.ts'
import { reconstructed, unusualImages } from './images.ts'
import { neighborsOf } from './neighbors.ts'
import { encodingOf, ownExample } from './own-example.ts'
import { planeOf, USUAL_POINTS } from './plane.ts'
import { frameOf, traversalOf } from './traversals.ts'

/** What exploring needs of the desk. */
interface Room {
  readonly host: Host
  readonly engines: Engines
  course(): Course
  /** The table that a data set was read from. */
  streamOf(dataset: Dataset): TableStream | undefined
}

type ExploringCommand =
  | 'openRun'
  | 'look'
  | 'units'
  | 'map'
  | 'examples'
  | 'decode'
  | 'encode'
  | 'frame'
  | 'traverse'
  | 'interpolate'
  | 'sample'
  | 'neighbors'
  | 'reconstruct'
  | 'unusualImages'
  | 'anomalies'
  | 'scoreTable'
  | 'fillTable'
  | 'makeRows'
  | 'export'

/** Only tables are asked for these. */
const tables = () => import('./tables.ts')

/** The model that is explored, and the questions to it. */
export function exploringDesk({ host, engines, course, streamOf }: Room): Handlers<ExploringCommand> {
  let current: Explorer | undefined
  const explorer = () => current ?? refuse()
  const explore = async (explored: Explored): Promise<Subject> => {
    const { name, threads } = explored.trained.recipe.engine
    // A run from elsewhere may name an engine that a page has not.
    const engine = await engines.open(explored.of === 'training' ? name : 'auto', threads)
    const opened = await Explorer.open(explored, engine)
    current?.[Symbol.dispose]()
    current = opened
    return opened.subject
  }
  return {
    openRun: async ({ name, weights, examples }) =>
      explore(runOf(name, await readWeights(weights), examples)),
    async look() {
      const { dataset, step } = course()
      const trained = await course().trained()
      const stream = streamOf(dataset)
      return explore({
        ...{ name: dataset.name, of: 'training', step, trained, dataset },
        ...(stream && { stream }),
      })
    },
    units: async () => {
      const own = explorer()
      return unitsOf(await own.coded(USUAL_POINTS), own.explored.trained.recipe.model)
    },
    map: async (request) => planeOf(explorer(), request),
    examples: async ({ examples }) => explorer().shown((await explorer().rows(examples)).x),
    decode: async ({ codes, count, like }) => {
      const own = explorer()
      const shape = [count, own.model.latent]
      const { condition } = like === undefined ? { condition: undefined } : await own.rows([like])
      return own.shown(await own.model.decode({ data: codes, shape }, { condition, where: {} }))
    },
    encode: async (given) => {
      const own = explorer()
      const row =
        'example' in given ? await own.rows([given.example]) : { x: await ownExample(own, given, host) }
      return encodingOf(own, row)
    },
    frame: async (request) => frameOf(explorer(), request),
    traverse: async (request) => traversalOf(explorer(), request),
    interpolate: async ({ from, to, steps }) => {
      const own = explorer()
      const [first, last] = [await own.rows([from]), await own.rows([to])]
      const { condition } = await own.rows([from, to])
      return own.shown(await own.model.interpolate(first.x, last.x, steps, { condition }))
    },
    sample: async ({ count, seed }) => explorer().shown(await explorer().model.sample(count, { seed })),
    neighbors: async ({ code, count }) => neighborsOf(await explorer().coded(USUAL_POINTS), code, count),
    reconstruct: async ({ examples }) => reconstructed(explorer(), examples),
    unusualImages: async ({ count }) => unusualImages(explorer(), count),
    anomalies: async ({ count }) => (await tables()).anomaliesOf(explorer(), count),
    scoreTable: async ({ file }) => (await tables()).scoresOf(explorer(), file),
    fillTable: async ({ file }) => (await tables()).filledTable(explorer(), file),
    makeRows: async ({ count, seed }) => (await tables()).madeRows(explorer(), count, seed),
    export: async ({ kind }) => takeAway(kind, explorer()),
  }
}

/** A finished run with the examples that came along with it. */
function runOf(name: string, trained: Trained, examples?: ExampleSet): Explored {
  const run = { name, of: 'run', step: trained.recipe.training.steps, trained, isPrepared: true } as const
  if (!examples) return run
  return {
    ...run,
    dataset: datasetIn(name, trained, examples),
    ...(examples.rows ? { rowNumbers: examples.rows } : {}),
  }
}

function datasetIn(
  name: string,
  { recipe, data: facts }: Trained,
  { data, shape, labels }: ExampleSet,
): Dataset {
  const about = { name, ...(labels ? { labels } : {}), ...(facts.columns ? { columns: facts.columns } : {}) }
  const { table } = recipe.data
  return { ...datasetOf({ data, shape }, about), ...(table ? { table } : {}) }
}

function refuse(): never {
  throw studioError({
    code: 'studio/no-model',
    seen: 'nothing to explore',
    wanted: 'a model',
    fix: 'train one in Train, or open a run',
  })
}
