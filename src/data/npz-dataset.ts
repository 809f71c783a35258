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
import { checkLabelCount, labelsOf } from './labels.ts'
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
/** The second is that of dSprites, whose factors have these names. */
const FACTOR_KEYS = ['factors', 'latents_classes']
const DSPRITES = ['color', 'shape', 'scale', 'orientation', 'posX', 'posY']
const MEMORY = 2 ** 30

/** A data set from an .npz file: examples, and class numbers and factors where it has them, by their usual names. */
export function datasetFromNpz(bytes: Uint8Array, name: string, options: NpzOptions): Dataset {
  const npz = openNpz(bytes)
  const keys = [...npz.sizes.keys()]
  const key = options.array ?? usual(keys, DATA_KEYS) ?? keys.find((key) => npz.read(key).shape.length >= 2)
  if (key === undefined)
    return fail({
      code: 'npz/no-examples',
      seen: `the arrays ${keys.join(', ') || '(none)'} in "${name}"`,
      wanted: 'one with two axes or more',
      fix: 'save the examples as "data"',
    })
  const labelKey = options.label ?? usual(keys, LABEL_KEYS)
  const labels = labelKey === undefined ? undefined : labelsOf(array(npz, labelKey, 'labels').data, options)
  const isLarge = (npz.sizes.get(key) ?? 0) > (options.memory ?? MEMORY)
  const packed = isLarge ? datasetFromBits(npz, key, { name, labels }) : undefined
  const dataset = packed ?? datasetFrom(array(npz, key, 'examples'), { name, labels })
  const factorKey = usual(keys, FACTOR_KEYS)
  return factorKey === undefined ? dataset : { ...dataset, factors: factorsIn(npz, factorKey, dataset.count) }
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

/** How a compressed array lies, by its beginning: its size is not known to every reader of zip where it is large. */
function layoutOf(npz: Npz, key: string): ArrayLayout {
  const opening: number[] = []
  npz.unpack(key, (piece) => {
    for (let i = 0; i < piece.length && opening.length < OPENING; i++) opening.push(piece[i])
    return opening.length < OPENING
  })
  return npyLayout(Uint8Array.from(opening))
}
