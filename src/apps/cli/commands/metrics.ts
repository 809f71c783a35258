import { disentanglement, format, type NDArray, readArray } from '../../../inside.node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { metricRecords, metricsOption, shownMetrics } from '../model/metrics.ts'
import { json, wholeNumber, withFallback } from '../options.ts'
import { printRecords } from '../terminal/records.ts'

export const command = defineCommand({
  arguments: [
    { name: 'codes', description: 'codes [rows, dimensions] of any model: a .npy or .csv file' },
    {
      name: 'factors',
      description: 'what made these rows, as whole numbers [rows, factors], or labels [rows]: .npy or .csv',
    },
  ],
  options: {
    metrics: withFallback(metricsOption, 'all'),
    seed: withFallback(wholeNumber('seed of all that is drawn', 0, 7), 0),
    seeds: withFallback(
      wholeNumber('repetitions with seeds from --seed up, for means and their intervals', 1, 5),
      1,
    ),
    json,
  },
  examples: [
    ['codes.npy factors.npy', 'every metric'],
    ['codes.npy labels.npy --metrics mig,sap > metrics.csv', 'as CSV; labels are one factor'],
    ['codes.npy factors.npy --json', 'for programs, with all that each metric knows'],
    ['codes.npy factors.npy --seeds 5', 'means over five seeds, with 95% intervals'],
  ],
  async run({
    args: [codesPath, factorsPath],
    values: { metrics, seed, seeds, json },
    parts,
    terminal,
    signal,
  }) {
    const [codes, factors] = [await readArray(codesPath), await readArray(factorsPath)]
    const results = await disentanglement(codes, factors, { metrics, seed, seeds, signal, parts })
    if (json) {
      terminal.out(`${JSON.stringify(results, null, 2)}\n`)
      return exitCodes.done
    }
    terminal.say(`${terminal.errStyle.bold(codesPath)}: ${sizesOf(codes, factors)}; ${seedsOf(seed, seeds)}`)
    await printRecords(
      terminal,
      () => shownMetrics(results, { parts }),
      () => metricRecords(results, { parts }),
    )
    return exitCodes.done
  },
})

function sizesOf(codes: NDArray, factors: NDArray): string {
  const [rows, width] = codes.shape
  const { counted } = format
  return [counted(rows, 'row'), counted(width, 'code'), counted(factors.shape[1] ?? 1, 'factor')].join(', ')
}

const seedsOf = (seed: number, seeds: number): string =>
  seeds === 1 ? `seed ${seed}` : `seeds ${seed} to ${seed + seeds - 1}`
