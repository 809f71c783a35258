import { format, type SampleFidelity, samplers } from '../../../inside.node.ts'
import type { OptionSpec } from '../options.ts'
import { aligned } from '../terminal/table.ts'
import { namesReader, type Sheet } from './metrics.ts'

/** `--samples` as the public API takes it. */
export const samplesOption: OptionSpec<'all' | readonly string[]> = {
  argument: '<names|all>',
  description: `how like the examples samples are, by where codes come from: all, or some of ${samplers.map(({ name }) => name).join(', ')}, with commas`,
  read: namesReader,
}

/** A line for each sampler, after what other examples come to. */
export function sampleLines(
  { count, real, frechetOf, samplers: found }: SampleFidelity,
  { bold, dim, width }: Sheet,
): string[] {
  const head = ['', 'precision', 'recall', 'density', 'coverage', ...(frechetOf ? ['Fréchet distance'] : [])]
  const rows = [['other examples', real] as const, ...Object.entries(found)].map(
    ([name, { precision, recall, density, coverage, frechet }]) => [
      name,
      ...[precision, recall, density, coverage].map((share) => format.fixed(share, 3)),
      ...(frechetOf ? [format.fixed(frechet, 3)] : []),
    ],
  )
  return [
    `${bold('Samples')} ${dim(`${format.wholeNumber(count)} of each beside as many examples, in the model’s own code${frechetOf ? `; distances between its encoder’s ${frechetOf}` : ''}`)}`,
    ...aligned([head, ...rows], `k${'r'.repeat(head.length - 1)}`, width, (line, at) =>
      at === 0 ? dim(line) : line,
    ),
  ]
}
