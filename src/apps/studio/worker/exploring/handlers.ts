import {
  type Dataset,
  datasetOf,
  type Given,
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
import { planeOf, USUAL_POINTS } from './plane.ts'
import { frameOf, traversalOf, walkOf } from './traversals.ts'

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
  | 'given'
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

/** Only tables are asked for these, and only models with a condition for those. */
const tables = () => import('./tables.ts')
const conditions = () => import('./given.ts')

/** The model that is explored, and the questions to it. */
export function exploringDesk({ host, engines, course, streamOf }: Room): Handlers<ExploringCommand> {
  let current: Explorer | undefined
  const explorer = () => current ?? refuseExploring()
  const explore = async (explored: Explored): Promise<Subject> => {
    const { name, threads } = explored.trained.recipe.engine
    // A run from elsewhere may name an engine that a page has not.
    const engine = await engines.open(explored.of === 'training' ? name : 'auto', threads)
    const opened = await Explorer.open(explored, engine)
    current?.[Symbol.dispose]()
    current = opened
    return opened.subject
  }
  const asked = async (condition: Given | undefined) =>
    condition && (await conditions()).askedOf(explorer(), condition)
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
    given: async ({ example }) => (await conditions()).givenOf(explorer(), example),
    decode: async ({ codes, count, condition, own: given }) => {
      const own = explorer()
      const shape = [count, own.model.latent]
      const under = { condition: await asked(given), where: (await asked(condition)) ?? {} }
      return own.shown(await own.model.decode({ data: codes, shape }, under))
    },
    encode: async (given) => {
      const own = explorer()
      const { encodingOf, ownExample } = await import('./own-example.ts')
      if ('example' in given) return encodingOf(own, await own.rows([given.example]))
      const condition = await asked(given.condition)
      return encodingOf(own, { x: await ownExample(own, given, host), condition })
    },
    frame: async (request) => frameOf(explorer(), request),
    traverse: async ({ condition, ...request }) => traversalOf(explorer(), request, await asked(condition)),
    interpolate: async ({ condition, ...request }) => walkOf(explorer(), request, await asked(condition)),
    sample: async ({ count, seed, condition }) => {
      const own = explorer()
      const where = await asked(condition)
      return own.shown(await own.model.sample(count, { seed, ...(where && { where }) }))
    },
    neighbors: async ({ code, count }) => neighborsOf(await explorer().coded(USUAL_POINTS), code, count),
    reconstruct: async ({ examples }) => reconstructed(explorer(), examples),
    unusualImages: async ({ count }) => unusualImages(explorer(), count),
    anomalies: async ({ count }) => (await tables()).anomaliesOf(explorer(), count),
    scoreTable: async ({ file }) => (await tables()).scoresOf(explorer(), file),
    fillTable: async ({ file }) => (await tables()).filledTable(explorer(), file),
    makeRows: async (request) => (await tables()).madeRows(explorer(), request),
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
  { data, shape, labels, condition }: ExampleSet,
): Dataset {
  const about = { name, ...(labels ? { labels } : {}), ...(facts.columns ? { columns: facts.columns } : {}) }
  const { table } = recipe.data
  return {
    ...datasetOf({ data, shape }, about),
    ...(table ? { table } : {}),
    ...(condition && { condition: rowsOf(condition, shape[0]) }),
  }
}

/** Rows of numbers, to be read by their places. */
function rowsOf(data: Float32Array, count: number): NonNullable<Dataset['condition']> {
  const width = data.length / count
  return {
    read(indices) {
      const rows = Array.from(indices, (index) => data.subarray(index * width, (index + 1) * width))
      return { data: Float32Array.from(rows.flatMap((row) => [...row])), shape: [rows.length, width] }
    },
  }
}

function refuseExploring(): never {
  throw studioError({
    code: 'studio/no-model',
    seen: 'nothing to explore',
    wanted: 'a model',
    fix: 'train one in Train, or open a run',
  })
}
