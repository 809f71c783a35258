import type { ConcreteConvolution } from './convolution-faces.ts'

/**
 * Who meets whom in a convolution whose x is cut into blocks as large as the stride. Indices are of one example;
 * the count of what they point into stands for nothing there.
 */
export interface Blocks {
  /** How many blocks a kernel covers each way. */
  readonly reach: readonly [number, number]
  /** Rows and columns of blocks. */
  readonly extent: readonly [number, number]
  /** Numbers of a block. */
  readonly features: number
  /** In how many blocks, by their place under the kernel, a cell of y meets x. */
  readonly places: number
  /** Whether y rather than x repeats itself for every place: the one that grows less by it. */
  readonly repeatsY: boolean
  /** By block and number in it. */
  readonly pixelsOfBlocks: readonly number[]
  /** By pixel: its block, and its number there. */
  readonly blocksOfPixels: readonly number[]
  /** By cell of y, then place. */
  readonly blocksOfGrid: readonly number[]
  /** By block, then place. */
  readonly gridOfBlocks: readonly number[]
}

export function blocksOf(shape: ConcreteConvolution): Blocks {
  const { channels, filters, size, grid, kernel, stride, padding } = shape
  const reach = both((axis) => Math.ceil(kernel[axis] / stride[axis]))
  const extent = both((axis) => grid[axis] + reach[axis] - 1)
  const features = area(stride) * channels
  const places = cells(reach)
  const at = (row: number, column: number, of: readonly [number, number]) =>
    row >= 0 && column >= 0 && row < of[0] && column < of[1] ? row * of[1] + column : area(of)
  const pixel = ([row, column]: readonly number[], [i, j]: readonly number[]) =>
    at(row * stride[0] + i - padding[0], column * stride[1] + j - padding[1], size)
  return {
    reach,
    extent,
    features,
    places: places.length,
    repeatsY: features + places.length * filters <= places.length * features + filters,
    pixelsOfBlocks: cells(extent).flatMap((block) => cells(stride).map((inside) => pixel(block, inside))),
    blocksOfPixels: cells(size).map(([row, column]) => {
      const [i, j] = [row + padding[0], column + padding[1]]
      const block = at(Math.floor(i / stride[0]), Math.floor(j / stride[1]), extent)
      const inside = (i % stride[0]) * stride[1] + (j % stride[1])
      return block * area(stride) + (block < area(extent) ? inside : 0)
    }),
    blocksOfGrid: cells(grid).flatMap(([row, column]) =>
      places.map(([i, j]) => at(row + i, column + j, extent)),
    ),
    gridOfBlocks: cells(extent).flatMap(([row, column]) =>
      places.map(([i, j]) => at(row - i, column - j, grid)),
    ),
  }
}

export const area = ([height, width]: readonly number[]): number => height * width

const both = (of: (axis: 0 | 1) => number): [number, number] => [of(0), of(1)]

/** Rows and columns of a rectangle, row by row. */
const cells = ([height, width]: readonly number[]): [number, number][] =>
  Array.from({ length: height * width }, (_, i) => [Math.floor(i / width), i % width])
