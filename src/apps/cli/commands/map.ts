import {
  coloringOf,
  type Dataset,
  exampleReader,
  intensityRange,
  latentMap,
  type MapPage,
  manifold,
  openRunModel,
  partsOf,
  projections,
  type Rows,
  spreadRows,
} from '../../../inside.node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { dataArgument, runArgument } from '../model/arguments.ts'
import { openDataFor } from '../model/data.ts'
import { manifoldKinds, mapKinds } from '../model/map-kinds.ts'
import { rowsOf, splitOption } from '../model/rows.ts'
import { openOut, outOption } from '../model/sheet.ts'
import { text, toggle, wholeNumber, withFallback } from '../options.ts'
import { reading, readingOf } from '../tables/reading.ts'

const options = {
  out: outOption(mapKinds),
  by: withFallback(
    text(
      '<name>',
      `how codes of more than two dimensions are laid out: ${projections.map(({ name }) => name).join(', ')}`,
    ),
    'pca',
  ),
  color: text('<factor>', 'what colors points: class, or the name of a factor (default: the first known)'),
  manifold: toggle('with what a code of two dimensions decodes to, on a grid: .html, or alone as .png'),
  count: withFallback(wholeNumber('most points', 1, 5000), 5000),
  split: splitOption,
  label: text('<column>', 'column or array of <data> that holds class numbers'),
  ...reading,
}

export const command = defineCommand({
  arguments: [runArgument, { ...dataArgument, optional: true }],
  options,
  examples: [
    ['runs/mnist-1 --out map.svg', 'test images where the encoder puts them, colored by class'],
    ['runs/mnist-1 --out map.html --manifold', 'a page, with what a code of two dimensions decodes to'],
    ['runs/sprites-1 --out map.png --color scale', 'colored by a factor'],
    ['runs/table-1 new.csv --label class --out map.csv', 'other data, as numbers'],
  ],
  async run({ args: [path, source], values, parts, terminal, signal }) {
    const save = openOut(values.out, values.manifold ? manifoldKinds : mapKinds)
    using run = await openRunModel(path, { parts })
    const rows =
      source === undefined
        ? await rowsOf(run, values.split)
        : wholeOf(await openDataFor(run.trained, source, { label: values.label, ...readingOf(values) }))
    const chosen = spreadRows(rows.indices.length, values.count).map((place) => rows.indices[place])
    const { data, training } = run.trained.recipe
    const { x, condition } = await exampleReader(data.binarize, training.seed).heldOut(rows, chosen)
    const coloring = coloringOf(rows.dataset, chosen, values.color)
    const { mean } = await run.model.encode(x, { condition, signal })
    const range = intensityRange(run.trained.example.dtype, x.data)
    const page: MapPage = {
      map: await latentMap(mean, {
        by: values.by,
        parts: partsOf(run.trained.recipe),
        ...(coloring ? { coloring } : {}),
      }),
      title: rows.dataset.name,
      rows: chosen,
      ...(values.manifold ? { manifold: { images: await manifold(run.model, { signal }), range } } : {}),
    }
    terminal.out(`${await save(page)}\n`)
    return exitCodes.done
  },
})

const wholeOf = (dataset: Dataset): Rows => ({
  dataset,
  indices: Uint32Array.from({ length: dataset.count }, (_, i) => i),
  ownTest: false,
})
