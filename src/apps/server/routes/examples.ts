import {
  BetavaeError,
  exampleReader,
  openRun,
  openRunData,
  type SplitName,
  splitNames,
  splitsOf,
  spreadRows,
  writeSafetensors,
} from '../../../inside.node.ts'
import type { Route } from '../route.ts'

const USUAL = 1000
const MOST_EXAMPLES = 20_000

/**
 * Rows of a run's data as its model sees them, spread evenly over a split, as safetensors: `data` in its stored type,
 * `rows` with their numbers in the data, `labels` where there are some, and `condition` where the model is given one; the split's name is in the metadata.
 *
 * `?rows=<n>&split=<name>`. Errors: `studio/rows`, `studio/split`, and those of opening the data.
 */
export const examples: Route = {
  path: 'runs/:id/examples',
  async answer({ catalog, id, query }) {
    const count = countIn(query.get('rows'))
    const wanted = splitIn(query.get('split'))
    const directory = await openRun((await catalog.run(id)).path)
    const { data, training } = directory.recipe
    const parts = splitsOf(directory.recipe, await openRunData(directory))
    const split = wanted ?? splitNames.find((name) => parts[name].indices.length > 0) ?? 'train'
    const part = parts[split]
    const rows = spreadRows(part.indices.length, count).map((place) => part.indices[place])
    const { labels } = part.dataset
    const { x, ...beside } = await exampleReader(data.binarize, training.seed).heldOut(part, rows)
    const bytes = writeSafetensors(
      {
        data: x,
        ...beside,
        rows: column(rows),
        ...(labels ? { labels: column(rows.map((row) => labels[row])) } : {}),
      },
      { split },
    )
    return { bytes, type: 'application/octet-stream' }
  },
}

const column = (values: Uint32Array) => ({ data: Int32Array.from(values), shape: [values.length] })

function countIn(text: string | null): number {
  const count = text === null ? USUAL : Number(text)
  if (Number.isInteger(count) && count > 0 && count <= MOST_EXAMPLES) return count
  throw new BetavaeError({
    code: 'studio/rows',
    seen: `rows=${text}`,
    wanted: `a whole number from 1 to ${MOST_EXAMPLES}`,
    fix: 'ask for fewer rows',
    usage: true,
  })
}

function splitIn(text: string | null): SplitName | undefined {
  const split = splitNames.find((name) => name === text)
  if (text === null || split) return split
  throw new BetavaeError({
    code: 'studio/split',
    seen: `split=${text}`,
    wanted: splitNames.join(', '),
    fix: 'name one of those',
    usage: true,
  })
}
