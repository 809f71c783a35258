import { describe, expect, test } from 'vitest'
import { traceLayer, wave, waveThrough } from './layer.testing.ts'
import { type TimeFilters, timeConvolution } from './time-convolution.ts'

const BATCH = 2
const CHANNELS = 3

/** Written out: out[n, t, f] = b[f] + Σ w[f, i, c] · x[n, t + (i − before) · dilation, c]. */
function writtenOut(rows: number, { filters, kernel, dilation, isCausal }: TimeFilters): number[] {
  const [x, w, b] = [[BATCH, rows, CHANNELS], [filters, kernel * CHANNELS], [filters]].map((shape, i) =>
    wave(shape, i + 1),
  )
  const before = isCausal ? kernel - 1 : Math.floor((kernel - 1) / 2)
  const out: number[] = []
  for (let n = 0; n < BATCH; n++)
    for (let t = 0; t < rows; t++)
      for (let f = 0; f < filters; f++) {
        let sum = b.data[f]
        for (let c = 0; c < CHANNELS; c++)
          for (let i = 0; i < kernel; i++) {
            const at = t + (i - before) * dilation
            if (at >= 0 && at < rows)
              sum += w.data[(f * kernel + i) * CHANNELS + c] * x.data[(n * rows + at) * CHANNELS + c]
          }
        out.push(sum)
      }
  return out
}

describe.each([true, false])('a convolution over time, causal: %s', (isCausal) => {
  test.each([
    [7, 3, 1],
    [7, 3, 2],
    [12, 4, 3],
    [5, 2, 4],
    [5, 3, 9],
    [1, 3, 1],
  ])('of %i rows, kernel %i and dilation %i is the sum written out', async (rows, kernel, dilation) => {
    const form = { filters: 2, kernel, dilation, isCausal }
    const got = await waveThrough([BATCH, rows, CHANNELS], (x, declare) => timeConvolution(x, form, declare))
    expect(got.shape).toEqual([BATCH, rows, 2])
    const wanted = writtenOut(rows, form)
    expect(Math.max(...wanted.map((value, i) => Math.abs(value - got.data[i])))).toBeLessThan(1e-12)
  })
})

test('the batch may be open', () => {
  const form = { filters: 4, kernel: 3, dilation: 2, isCausal: false }
  const { output } = traceLayer(['batch', 9, 5], (x, declare) => timeConvolution(x, form, declare))
  expect(output.shape).toEqual(['batch', 9, 4])
})
