import * as z from 'zod/mini'
import { add } from '../../graph/ops/add.ts'
import { binaryCrossEntropy } from '../../graph/ops/binary-cross-entropy.ts'
import { concat } from '../../graph/ops/concat.ts'
import { constant } from '../../graph/ops/constant.ts'
import { exp } from '../../graph/ops/exp.ts'
import { mul } from '../../graph/ops/mul.ts'
import { neg } from '../../graph/ops/neg.ts'
import { sigmoid } from '../../graph/ops/sigmoid.ts'
import { slice } from '../../graph/ops/slice.ts'
import { logSoftmax, softmax } from '../../graph/ops/softmax.ts'
import { sum } from '../../graph/ops/sum.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { boundLogVariance } from '../distributions/gaussian.ts'
import {
  type Block,
  blocksOf,
  COLUMNS,
  columnSchema,
  columnsOneByOne,
  type Group,
  maskOf,
  valuesOf,
} from './column-blocks.ts'
import { windowsOf } from './column-windows.ts'
import { learnedConcentration } from './concentration.ts'
import { anyNumber, defineLikelihood, type LikelihoodContext } from './likelihood.ts'
import { negativeBinomialNats } from './negative-binomial.ts'
import { logRateOf, poissonNats, shownCounts } from './poisson.ts'
import { studentNats } from './student.ts'

const options = z.strictObject({
  columns: z._default(
    z.array(columnSchema).check(z.minLength(1), z.describe('what the numbers of a row are, in their order')),
    [{ group: 'real', slots: 1 }],
  ),
  degrees: z
    ._default(z.nullable(z.union([z.number().check(z.positive()), z.literal('learned')])), 'learned')
    .check(
      z.describe('degrees of freedom of real columns as Student-t, for heavy tails; null for a Gaussian'),
    ),
  counts: z
    ._default(z.enum(['poisson', 'negative-binomial']), 'poisson')
    .check(
      z.describe(
        'density of counts: poisson, or negative-binomial, which spreads wider, by a learned r for each',
      ),
    ),
})
export type ColumnsOptions = z.infer<typeof options>

/** How a block's part of the decoder's output is read. */
interface Reading {
  /** Nats of each number [rows, numbers], or of all together [rows, 1]. */
  nats(x: Tensor): Tensor
  readonly center: Tensor
}

type Reader = (output: Tensor, context: LikelihoodContext, options: ColumnsOptions) => Reading

/** Where learned degrees of freedom begin: tails that a few strange rows do not bend, and near enough to a Gaussian. */
export const FIRST_DEGREES = 4

/** Logarithms of degrees of freedom, from raw ones that begin at 0. */
const learnedDegrees = (raw: Tensor): Tensor => add(boundLogVariance(raw), Math.log(FIRST_DEGREES))

const readers: Readonly<Record<Group, Reader>> = {
  real(output, { declare }, { degrees }) {
    const shape = [output.shape[1] as number]
    const logScale = boundLogVariance(declare('logScale', shape, 0))
    const free = degrees === 'learned' ? learnedDegrees(declare('logDegrees', shape, 0)) : degrees
    return { nats: (x) => studentNats(x, output, logScale, free), center: output }
  },
  count(output, { declare }, { counts }) {
    const logRate = logRateOf(output)
    const center = exp(logRate)
    if (counts === 'poisson') return { nats: (x) => poissonNats(x, logRate), center }
    const shape = [output.shape[1] as number]
    const logConcentration = learnedConcentration(declare('logConcentration', shape, 0))
    return { nats: (x) => negativeBinomialNats(x, logRate, logConcentration), center }
  },
  binary: (output) => ({ nats: (x) => binaryCrossEntropy(output, x), center: sigmoid(output) }),
  categorical: (output) => ({
    nats: (x) => neg(sum(mul(x, logSoftmax(output)), [1], true)),
    center: softmax(output),
  }),
}

/** The masks of a row in which nothing is missing [rows, columns]; `like` gives the rows. */
const nothingMissing = (like: Tensor, columns: number): Tensor =>
  add(mul(slice(like, 1, 0, 1), 0), constant(new Array<number>(columns).fill(1)))

/** Counts as the encoder is shown them, the rest of a row as it is. */
function shownColumns(x: Tensor, { columns }: ColumnsOptions): Tensor {
  const counts = blocksOf(columnsOneByOne(columns)).find(({ group }) => group === 'count')
  if (!counts) return x
  const { from, to } = counts
  const before = from > 0 ? [slice(x, 1, 0, from)] : []
  return concat([...before, shownCounts(slice(x, 1, from, to)), slice(x, 1, to, x.shape[1] as number)], 1)
}

/**
 * A row of a table: one density for each column, and what is missing counts for nothing.
 *
 * A row is the numbers of its columns, real ones first, then counts, binary ones, and the levels of categorical ones;
 * after them a mask for each column, 1 where it is known. Where it is not, its numbers are 0. Nazábal et al. 2020,
 * eq. 3 (HI-VAE); Mattei & Frellsen 2019 (MIWAE). Real columns are Student-t or N(x; x̂, σ²), σ and ν learned for each number.
 */
export const columnsLikelihood = defineLikelihood({
  name: COLUMNS,
  summary: 'each column of a table has a density of its own kind; missing cells count for nothing',
  paper: 'Nazábal et al. 2020, eq. 3',
  options,
  formula: ({ columns, degrees, counts }) => {
    const student = degrees === 'learned' ? 'Student(ν, σ learned)' : `Student(ν = ${degrees}, σ learned)`
    const real = degrees === null ? 'N(σ learned)' : student
    const names: Readonly<Record<Group, string>> = {
      real,
      count: counts === 'poisson' ? 'Poisson' : 'NB(r learned)',
      binary: 'Bernoulli',
      categorical: 'Categorical',
    }
    const listed = [...new Set(columns.map(({ group }) => names[group]))]
    return `−Σ log p(xⱼ; x̂ⱼ) over known cells, p: ${listed.join(', ')}`
  },
  outputs: (_, { columns }) => valuesOf(columnsOneByOne(columns)),
  windows: ({ columns }) => windowsOf(columns),
  shown: shownColumns,
  density(output, context, chosen) {
    const columns = columnsOneByOne(chosen.columns)
    const values = valuesOf(columns)
    const read = blocksOf(columns).map((block): { block: Block; reading: Reading } => {
      const part = slice(output, 1, block.from, block.to)
      return { block, reading: readers[block.group](part, context, chosen) }
    })
    const centers = read.map(({ reading }) => reading.center)
    return {
      negativeLogLikelihood(x) {
        const masks = slice(x, 1, values, values + columns.length)
        const nats = read.map(({ block, reading }) => {
          const own = reading.nats(slice(x, 1, block.from, block.to))
          return block.group === 'categorical' ? own : mul(own, maskOf(block, masks))
        })
        return concat(nats, 1)
      },
      center: concat([...centers, nothingMissing(output, columns.length)], 1),
    }
  },
  omitted: () => 0,
  variance: () => undefined,
  support: () => anyNumber,
})
