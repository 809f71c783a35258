import { type Dataset, spreadRows } from '../../../../inside.ts'
import type { ColumnCard, DataCard } from '../../protocol.ts'
import { mediumOf, shownRows } from '../shown.ts'

/** Examples that a card shows, and rows that tell what black and white are. */
const SHOWN = 24
const SURVEYED = 200

/** What the data are, for people to check at a glance. */
export async function cardOf(
  dataset: Dataset,
  isOwn: boolean,
  notes: readonly string[],
  columns?: readonly ColumnCard[],
): Promise<DataCard> {
  const { name, count, exampleShape, labels, factors, given } = dataset
  const medium = mediumOf(dataset, await dataset.read(spreadRows(count, SURVEYED)))
  return {
    name,
    isOwn,
    count,
    exampleShape,
    kind: medium.kind,
    ...(labels ? { classes: countsOf(labels) } : {}),
    ...(columns ? { columns } : {}),
    ...(given && { given: given.columns.map(({ name }) => name) }),
    known: columns ? [] : [...(labels ? ['label'] : []), ...(factors?.names ?? [])],
    examples: shownRows(medium, await dataset.read(spreadRows(count, SHOWN))),
    notes,
  }
}

function countsOf(labels: Int32Array): number[] {
  const counts: number[] = []
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1
  return Array.from(counts, (count) => count ?? 0)
}
