import type { NDArray } from '../base/arrays.ts'
import { fail } from '../base/errors.ts'
import { sizeOf } from '../base/shape.ts'
import { arrangement } from './arrange.ts'
import { datasetFrom } from './assemble.ts'
import { bitRows } from './bit-rows.ts'
import type { Dataset, DatasetAbout, Factors } from './dataset.ts'
import { factorsFrom } from './factors.ts'
import type { ArrayLayout } from './formats/array-layout.ts'
import { npyLayout } from './formats/npy.ts'
import { type Npz, openNpz } from './formats/npz.ts'
import { checkLabelCount, type Labels, labelsOf, namedLabels } from './labels.ts'
import { OPENING } from './stored-bytes.ts'
import { asProbabilities } from './survey.ts'

export interface NpzOptions {
  /** The array of examples; without it `data`, `x`, `images`, `imgs`, else the first of two axes or more. */
  readonly array?: string
  /** The array of class numbers; without it `labels`, `y`, `label` or `target`. */
  readonly label?: string
  readonly classes?: number
  /** Bytes that examples may take; more zeros and ones than that are held as bits. */
  readonly memory?: number
}

const DATA_KEYS = ['data', 'x', 'images', 'imgs']
const LABEL_KEYS = ['labels', 'y', 'label', 'target']

/** The words for a part, and the names that its arrays have with it: x_train, X_train, train_images, … */
const PARTS = { train: ['train', 'training'], validation: ['val', 'valid', 'validation'], test: ['test'] }
const partKeys = (keys: readonly string[], words: readonly string[]): string[] =>
  words.flatMap((word) => keys.flatMap((key) => [`${key}_${word}`, `${word}_${key}`]))

/** The second is that of dSprites, whose factors have these names. */
const FACTOR_KEYS = ['factors', 'latents_classes']
const DSPRITES = ['color', 'shape', 'scale', 'orientation', 'posX', 'posY']
const MEMORY = 2 ** 30

/**
 * A data set from an .npz file: examples, and class numbers and factors where it has them, by their usual names.
 *
 * Of `x_train`, `y_train`, `x_test` and the like, in any order, the first two are the data, the others the test set, and
 * `x_val` the validation set.
 */
export function datasetFromNpz(bytes: Uint8Array, name: string, options: NpzOptions): Dataset {
  const npz = openNpz(bytes, options.memory)
  const keys = [...npz.sizes.keys()]
  const part = (words: readonly string[]): Pair => ({
    data: usual(keys, partKeys(DATA_KEYS, words)),
    labels: usual(keys, partKeys(LABEL_KEYS, words)),
  })
  const train = part(PARTS.train)
  const isDivided = options.array === undefined && train.data !== undefined
  const data =
    options.array ??
    train.data ??
    usual(keys, DATA_KEYS) ??
    keys.find((key) => !npz.texts(key) && npz.read(key).shape.length >= 2)
  const labels = options.label ?? (isDivided ? train.labels : usual(keys, LABEL_KEYS))
  if (data === undefined)
    return fail({
      code: 'npz/no-examples',
      seen: `the arrays ${keys.join(', ') || '(none)'} in "${name}"`,
      wanted: 'one with two axes or more',
      fix: 'save the examples as "data"',
    })
  const dataset = withFactors(npz, examplesIn(npz, { data, labels }, name, options))
  if (!isDivided) return dataset
  return {
    ...dataset,
    ...heldOut(npz, 'test', part(PARTS.test), dataset, options),
    ...heldOut(npz, 'validation', part(PARTS.validation), dataset, options),
  }
}

/** The names of an array of examples and of one of class numbers. */
interface Pair {
  readonly data?: string
  readonly labels?: string
}

function heldOut(
  npz: Npz,
  part: 'test' | 'validation',
  { data, labels }: Pair,
  { name, labels: known, classes }: Dataset,
  options: NpzOptions,
): Partial<Dataset> {
  if (data === undefined) return {}
  return {
    [part]: examplesIn(npz, { data, ...(known ? { labels } : {}) }, `${name} ${part}`, {
      ...options,
      ...(classes && { known: classes }),
    }),
  }
}

/** The names of classes that another part has. */
interface ExampleOptions extends NpzOptions {
  readonly known?: readonly string[]
}

function examplesIn(
  npz: Npz,
  { data, labels: key }: Pair & { readonly data: string },
  name: string,
  options: ExampleOptions,
): Dataset {
  const labels = key === undefined ? {} : labelsIn(npz, key, options)
  const isLarge = (npz.sizes.get(data) ?? 0) > (options.memory ?? MEMORY)
  const packed = isLarge ? datasetFromBits(npz, data, { name, ...labels }) : undefined
  return packed ?? datasetFrom(array(npz, data, 'examples'), { name, ...labels })
}

/** Labels as they are numbered; texts are the names of classes, in their order or in that of `known` ones. */
function labelsIn(npz: Npz, key: string, { known, ...options }: ExampleOptions): Labels {
  const texts = npz.sizes.has(key) ? npz.texts(key) : undefined
  if (!texts) return namedLabels(array(npz, key, 'labels').data, options)
  const classes = known ?? [...new Set(texts)].sort()
  const places = new Map(classes.map((name, place) => [name, place]))
  const where = (row: number) => `row ${row + 1} of ${key} (${JSON.stringify(texts[row])})`
  const numbers = texts.map((text) => places.get(text) ?? -1)
  return { labels: labelsOf(numbers, { classes: options.classes ?? classes.length, where }), classes }
}

function withFactors(npz: Npz, dataset: Dataset): Dataset {
  const key = usual([...npz.sizes.keys()], FACTOR_KEYS)
  return key === undefined ? dataset : { ...dataset, factors: factorsIn(npz, key, dataset.count) }
}

const factorsIn = (npz: Npz, key: string, rows: number): Factors =>
  factorsFrom(npz.read(key), rows, key === FACTOR_KEYS[1] ? DSPRITES : undefined)

const usual = (keys: readonly string[], wanted: readonly string[]): string | undefined =>
  wanted.map((name) => keys.find((key) => key.toLowerCase() === name)).find((key) => key !== undefined)

function array(npz: Npz, key: string, purpose: string): NDArray {
  if (npz.sizes.has(key)) return npz.read(key)
  return fail({
    code: 'npz/key',
    seen: `no array "${key}" for ${purpose}`,
    wanted: `one of ${[...npz.sizes.keys()].join(', ')}`,
    fix: 'name an array that the file holds',
    usage: true,
  })
}

/** Zeros and ones stored as bytes, never held as such; undefined where the array is something else. */
function datasetFromBits(npz: Npz, key: string, about: DatasetAbout): Dataset | undefined {
  const { shape, start, isColumnMajor, decode } = layoutOf(npz, key)
  if (isColumnMajor || !(decode(new Uint8Array()) instanceof Uint8Array)) return undefined
  const arrange = arrangement(shape, about.name)
  const [count, ...example] = shape
  if (about.labels) checkLabelCount(about.labels, count, about.name)
  const bits = bitRows(count, sizeOf(example))
  let seen = 0
  npz.unpack(key, (piece) => {
    const header = Math.max(0, Math.min(start - seen, piece.length))
    seen += piece.length
    return bits.append(piece.subarray(header))
  })
  if (!bits.isFull()) return undefined
  return {
    ...about,
    defaults: asProbabilities,
    count,
    exampleShape: arrange({ data: new Uint8Array(sizeOf(example)), shape: [1, ...example] }).shape.slice(1),
    dtype: 'uint8',
    areBits: true,
    read: (indices) => arrange({ data: bits.read(indices), shape: [indices.length, ...example] }),
  }
}

/** How a compressed array lies, by its beginning. */
function layoutOf(npz: Npz, key: string): ArrayLayout {
  const opening: number[] = []
  npz.unpack(key, (piece) => {
    for (let i = 0; i < piece.length && opening.length < OPENING; i++) opening.push(piece[i])
    return opening.length < OPENING
  })
  return npyLayout(Uint8Array.from(opening), npz.sizes.get(key))
}
