import { area, type Blocks, blocksOf } from './blocks.ts'
import type { ConcreteConvolution, ConvolutionFaces } from './convolution-faces.ts'
import type { Emit } from './emit.ts'

/**
 * A strided convolution and both its adjoints as one matrix product each, over the same two tables.
 *
 * x is cut into blocks as large as the stride, whose numbers are features. A kernel of k covers ⌈k/stride⌉ blocks
 * each way, so y meets blocks in that many places. One of the two sides repeats itself for every place: either y,
 * in X [blocks, stride²·channels] and Y [blocks, places·filters], or x, in X [grid, places·stride²·channels] and
 * Y [grid, filters], each for every example. With the kernel in the same order as W, ∂T/∂w is XᵀY, ∂T/∂x is YWᵀ and
 * ∂T/∂y is XW; where a product holds numbers for every place, these are summed. Tables are gathered by constant
 * indices, and a program that asks for one twice has it once.
 */
export function blockedConvolution(emit: Emit, shape: ConcreteConvolution): ConvolutionFaces {
  const { channels, filters, size, grid, stride } = shape
  const blocks = blocksOf(shape)
  const rows = rowsBy(emit, shape.batch)
  const table = tables(emit, shape, blocks)
  const kernel = kernelTable(emit, shape, blocks)
  return {
    y(x, w, bias) {
      // Every y is met in the first place once, so the bias goes there.
      const once = bias && blocks.repeatsY ? endPadded(emit, bias, [(blocks.places - 1) * filters]) : bias
      const product = emit.node('Gemm', [table.x(x), kernel.to(w), ...(once ? [once] : [])])
      const met = () =>
        rows.sumOfPlaces(product, blocks.blocksOfGrid, blocks.places, area(blocks.extent), filters)
      return rows.image(blocks.repeatsY ? met() : product, grid, filters)
    },
    x(y, w, bias) {
      const product = emit.node('Gemm', [table.y(y), kernel.to(w)], { transB: 1 })
      const asBlocks = blocks.repeatsY
        ? product
        : rows.sumOfPlaces(product, blocks.gridOfBlocks, blocks.places, area(grid), blocks.features)
      const numbers = area(blocks.extent) * area(stride)
      const pixels = rows.gather(rows.of(asBlocks, numbers, channels), blocks.blocksOfPixels, numbers)
      if (!bias) return rows.image(pixels, size, channels)
      // Broadcasting along an axis of one is slow.
      const flat = channels === 1 ? reshaped(emit, pixels, [shape.batch, area(size)]) : pixels
      return rows.image(emit.node('Add', [flat, bias]), size, channels)
    },
    w: (x, y) => kernel.from(emit.node('Gemm', [table.x(x), table.y(y)], { transA: 1 })),
  }
}

/** X and Y, each with a row for every block or cell of y of every example. */
function tables(emit: Emit, { batch, channels, filters, size, grid }: ConcreteConvolution, blocks: Blocks) {
  const rows = rowsBy(emit, batch)
  const { repeatsY, places, features, extent } = blocks
  const count = batch * area(repeatsY ? extent : grid)
  return {
    x(x: string): string {
      const cut = rows.gather(rows.ofImage(x, size, channels), blocks.pixelsOfBlocks, area(size))
      const whole = rows.of(cut, area(extent), features)
      return repeatsY
        ? reshaped(emit, whole, [count, features])
        : reshaped(emit, rows.gather(whole, blocks.blocksOfGrid, area(extent)), [count, places * features])
    },
    y(y: string): string {
      const whole = rows.ofImage(y, grid, filters)
      return repeatsY
        ? reshaped(emit, rows.gather(whole, blocks.gridOfBlocks, area(grid)), [count, places * filters])
        : reshaped(emit, whole, [count, filters])
    },
  }
}

/** w [filters, channels, …kernel] as W in the order of both tables, and back. */
function kernelTable(emit: Emit, shape: ConcreteConvolution, { reach, places, features, repeatsY }: Blocks) {
  const { channels, filters, kernel, stride } = shape
  const covered = [reach[0] * stride[0], reach[1] * stride[1]]
  const order = repeatsY ? [3, 5, 1, 2, 4, 0] : [2, 4, 3, 5, 1, 0]
  const apart = [filters, channels, reach[0], stride[0], reach[1], stride[1]]
  const inner = repeatsY ? features : places * features
  return {
    to(w: string): string {
      const whole = endPadded(emit, w, [0, 0, covered[0] - kernel[0], covered[1] - kernel[1]])
      const turned = emit.node('Transpose', [reshaped(emit, whole, apart)], { perm: order })
      return reshaped(emit, turned, [inner, repeatsY ? places * filters : filters])
    },
    from(table: string): string {
      const turned = reshaped(
        emit,
        table,
        order.map((axis) => apart[axis]),
      )
      const back = emit.node('Transpose', [turned], { perm: apart.map((_, axis) => order.indexOf(axis)) })
      const whole = reshaped(emit, back, [filters, channels, ...covered])
      return endPadded(emit, whole, [0, 0, kernel[0] - covered[0], kernel[1] - covered[1]])
    },
  }
}

/** Values as [batch, count, depth], every example a list of rows. */
function rowsBy(emit: Emit, batch: number) {
  const of = (value: string, count: number, depth: number) => reshaped(emit, value, [batch, count, depth])
  /** Those of `count` rows that `index` names; `count` itself names a row of zeros. */
  const gather = (rows: string, index: readonly number[], count: number) => {
    const source = index.includes(count) ? endPadded(emit, rows, [0, 1, 0]) : rows
    return emit.node('Gather', [source, emit.constant(index, [index.length], 'int32')], { axis: 1 })
  }
  return {
    of,
    gather,
    ofImage: (image: string, extent: readonly number[], depth: number) =>
      of(emit.node('Transpose', [image], { perm: [0, 2, 3, 1] }), area(extent), depth),
    image: (rows: string, extent: readonly number[], depth: number) =>
      emit.node('Transpose', [reshaped(emit, rows, [batch, ...extent, depth])], { perm: [0, 3, 1, 2] }),
    /** Each of `count` rows holds numbers for every place; `index` says, cell by cell and place by place, which row. */
    sumOfPlaces(product: string, index: readonly number[], places: number, count: number, depth: number) {
      const rows = of(product, count * places, depth)
      const parts = Array.from({ length: places }, (_, place) => {
        const ofPlace = index.filter((_, i) => i % places === place)
        return ofPlace.map((row) => row * places + (row === count ? 0 : place))
      })
      return parts
        .map((part) => gather(rows, part, count * places))
        .reduce((a, b) => emit.node('Add', [a, b]))
    },
  }
}

const reshaped = (emit: Emit, value: string, shape: readonly number[]) =>
  emit.node('Reshape', [value, emit.integers(shape)])

/** Zeros behind each axis; negative amounts cut off. */
const endPadded = (emit: Emit, value: string, amounts: readonly number[]) =>
  amounts.some((amount) => amount !== 0)
    ? emit.node('Pad', [value, emit.integers([...amounts.map(() => 0), ...amounts])])
    : value
