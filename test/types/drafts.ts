/** What compiles and what does not: read by `tsc`, never run. */
import * as z from 'zod'
import type { TrainRun } from '../../src/api/node/run.ts'
import type { Sweep } from '../../src/api/node/sweep/sweep.ts'
import type { PreviewDraft } from '../../src/api/preview.ts'
import type { Train } from '../../src/api/train.ts'
import type { TrainTable } from '../../src/api/train-table.ts'
import { type Dataset, defineColumnKind, defineTerm, graph } from '../../src/inside.ts'

declare const train: Train
declare const preview: PreviewDraft
declare const trainTable: TrainTable
declare const trainRun: TrainRun
declare const sweep: Sweep

const data = { source: 'digits' }

declare const dataset: Dataset

const own = defineTerm({
  name: 'own',
  on: 'code',
  summary: 'its own',
  option: 'own',
  symbol: 'ω',
  defaultWeight: 1,
  options: z.strictObject({ place: z.number().default(0) }),
  formula: ({ place }) => `${place}`,
  loss: ({ model }, { place }) => graph.sumPerExample(graph.sub(model.posterior.code, place)),
  reading: () => 'nothing',
})

train({ data, objective: { name: 'beta-vae', terms: [{ term: 'kl', weight: 4 }] } })
train({
  data,
  model: { latent: { size: 3 }, architecture: { name: 'mlp', hidden: [8] } },
})
train({ data, model: { latent: { name: 'gaussian', size: 3 } } })
train({ data, objective: { terms: [{ term: 'own', weight: 1, place: 2 }] } }, { parts: [own] })
train({ data, training: { optimizer: { name: 'adam', beta2: 0.99 }, epochs: 3 } })
train({ objective: { name: 'vae' } }, { dataset })

// @ts-expect-error no preset of that name
train({ data, objective: { name: 'beta-vea' } })
// @ts-expect-error no such key
train({ data, model: { latent: { nmae: 'gaussian' } } })
// @ts-expect-error no latent of that name
train({ data, model: { latent: { name: 'gausian' } } })
// @ts-expect-error no architecture has that option
train({ data, model: { architecture: { name: 'mlp', hiden: [8] } } })
// @ts-expect-error that option is another architecture's
train({ data, model: { architecture: { name: 'mlp', widths: [8] } } })
// @ts-expect-error no term of that name is at hand
train({ data, objective: { terms: [{ term: 'own', weight: 1 }] } })
// @ts-expect-error the term has no such option
train({ data, objective: { terms: [{ term: 'own', weight: 1, plase: 2 }] } }, { parts: [own] })
// @ts-expect-error no optimizer of that name
train({ data, training: { optimizer: { name: 'adma' } } })
// @ts-expect-error without a data set the draft says where data come from
train({ objective: { name: 'vae' } })

const degrees = defineColumnKind({
  ...{ name: 'degrees', summary: 'a direction', wanted: 'degrees', numbers: 'real' },
  fields: z.strictObject({ turn: z.number() }),
  fit: () => ({ turn: 360 }),
  size: () => 1,
  write: (cell, { turn }) => [Number(cell) / turn],
  read: ([share], { turn }) => share * turn,
})
trainTable([], { data: { kinds: { wind: 'degrees', speed: 'real' } } }, { parts: [degrees] })
trainTable([], { data: { kinds: { size: { kind: 'ordinal', levels: ['S', 'L'] } } } })
// @ts-expect-error no kind of that name is at hand
trainTable([], { data: { kinds: { wind: 'degrees' } } })
// @ts-expect-error no kind of that name
trainTable([], { data: { kinds: { wind: 'degreees' } } }, { parts: [degrees] })
// @ts-expect-error nobody says that cells hold lists
trainTable([], { data: { kinds: { wind: 'nested' } } })

// Whatever takes a draft knows its names.
const placed = { objective: { terms: [{ term: 'own', weight: 1, place: 2 }] } } as const
preview(placed, dataset, { parts: [own] })
trainTable([], placed, { parts: [own] })
trainRun({ data, ...placed }, { parts: [own], out: 'run' })
sweep({ recipe: { data, ...placed }, betas: [1, 4] }, { parts: [own] })
// @ts-expect-error no term of that name is at hand
preview(placed, dataset)
// @ts-expect-error no term of that name is at hand
trainTable([], placed)
// @ts-expect-error no term of that name is at hand
trainRun({ data, ...placed })
// @ts-expect-error no term of that name is at hand
sweep({ recipe: { data, ...placed }, betas: [1, 4] })
