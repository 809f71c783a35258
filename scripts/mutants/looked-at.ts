/** What was found of survivors: that nobody could notice them, or by which test they have been since. */
import type { Survivor } from './records.ts'

interface LookedAt {
  readonly file: string
  readonly original: string
  readonly replacement: string
  readonly found: string
}

const lookedAt: readonly LookedAt[] = [
  {
    file: 'src/graph/ops/constant.ts',
    original: '[]',
    replacement: '["Stryker was here"]',
    found: 'equivalent: nobody asks for the gradient of what has no inputs',
  },
  {
    file: 'src/graph/ops/input.ts',
    original: '[]',
    replacement: '["Stryker was here"]',
    found: 'equivalent: nobody asks for the gradient of what has no inputs',
  },
  {
    file: 'src/statistics/metrics/discretize.ts',
    original: '(values[i] - low) / width',
    replacement: '(values[i] - low) * width',
    found: 'equivalent: a first guess: the edges below it decide',
  },
  {
    file: 'src/data/images/picture.ts',
    original: 'data[at] < 255',
    replacement: 'true',
    found: 'equivalent: x · 255 / 255 is x',
  },
  {
    file: 'src/data/images/picture.ts',
    original: 'channel < wanted',
    replacement: 'channel <= wanted',
    found: 'equivalent: one more plane of no pixels',
  },
  {
    file: 'src/data/tables/readers/parse-json.ts',
    original: `found.startsWith('"')`,
    replacement: `found.endsWith('"')`,
    found: 'equivalent: what begins with a quote here ends with one',
  },
  {
    file: 'src/data/tables/readers/excel-numbers.ts',
    original: "text !== ''",
    replacement: 'true',
    found: 'equivalent: an empty piece shows nothing',
  },
  {
    file: 'src/graph/ops/binary-cross-entropy.ts',
    original: 'divisor--',
    replacement: 'divisor++',
    found: 'noticed since: fusions.test.ts, a number of entries with a great prime factor',
  },
  {
    file: 'src/objective/ledger.ts',
    original: "'number'",
    replacement: '""',
    found: 'noticed since: refusals.test.ts, a rate of 1/3',
  },
  {
    file: 'src/objective/objective.ts',
    original: 'readObjective(spec, model).some( …',
    replacement:
      'readObjective(spec, model).every(({ term, weight }) => (term.rate !== undefined || term.holdsToPrior) && weight.highest > 0)',
    found: 'noticed since: refusals.test.ts',
  },
  {
    file: 'src/objective/schedule.ts',
    original: 'args[3] > 0',
    replacement: 'true',
    found: 'noticed since: refusals.test.ts, a ramp of 0',
  },
  {
    file: 'src/objective/objective.ts',
    original: '{ …',
    replacement: '{}',
    found: 'noticed since: refusals.test.ts',
  },
  {
    file: 'src/evaluate/aggregate.ts',
    original: 'Math.max(1, Math.floor(PER_TURN / (count * latent)))',
    replacement: 'Math.min(1, Math.floor(PER_TURN / (count * latent)))',
    found: 'equivalent in what comes out: how often others get a turn',
  },
  {
    file: 'src/evaluate/kl-split.ts',
    original: 'codes.length / latent',
    replacement: 'codes.length * latent',
    found: 'equivalent: entries behind the last are read by nobody',
  },
  {
    file: 'src/evaluate/kl-split.ts',
    original: 'square > 0',
    replacement: 'square >= 0',
    found: 'equivalent: the square of noise is never 0',
  },
  {
    file: 'src/evaluate/kl-split.ts',
    original: 'value - center',
    replacement: 'value + center',
    found: 'noticed since: kl-split-errors.test.ts',
  },
  {
    file: 'src/statistics/metrics/fixed-factor.ts',
    original: 'point % POINTS_A_TURN === 0',
    replacement: 'point % POINTS_A_TURN !== 0',
    found: 'equivalent in what comes out: how often others get a turn',
  },
  {
    file: 'src/statistics/metrics/fixed-factor.ts',
    original: 'point % POINTS_A_TURN === 0',
    replacement: 'true',
    found: 'equivalent in what comes out: how often others get a turn',
  },
  {
    file: 'src/statistics/metrics/udr.ts',
    original: 'b < a',
    replacement: 'b <= a',
    found: 'noticed since: names.test.ts, no model beside itself',
  },
  {
    file: 'src/statistics/metrics/unsupervised.ts',
    original: 'value <= zero',
    replacement: 'value < zero',
    found: 'equivalent but for a value that is rounding to the last bit',
  },
  {
    file: 'src/statistics/metrics/unsupervised.ts',
    original: `'smaller'`,
    replacement: '""',
    found: 'noticed since: names.test.ts',
  },
  {
    file: 'src/data/formats/csv-rows.ts',
    original: 'cells.length === this.#width - 1',
    replacement: 'cells.length !== this.#width - 1',
    found: 'noticed since: dialect-edges.test.ts',
  },
  {
    file: 'src/data/formats/dialect.ts',
    original: '{ above: { ...rest.above, line: rest.above.line + line - 1 } }',
    replacement: '{}',
    found: 'noticed since: dialect-edges.test.ts',
  },
  {
    file: 'src/data/formats/png.ts',
    original: 'parts.length === 1',
    replacement: 'false',
    found: 'equivalent: one part joined to nothing is that part',
  },
]

/** What was found of a survivor; undefined for one that nobody has looked at. */
export const foundOf = ({ place, original, replacement }: Survivor): string | undefined =>
  lookedAt.find(
    (one) => place.startsWith(`${one.file}:`) && one.original === original && one.replacement === replacement,
  )?.found
