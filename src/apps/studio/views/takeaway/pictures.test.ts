import { expect, test } from 'vitest'
import { mapSvg } from './pictures.ts'

test('a map as SVG: a dot for each example, and nothing that is put into it is markup', () => {
  const svg = mapSvg(
    {
      points: Float32Array.of(0, 0, 1, 1, 2, 0),
      axes: ['<a>', 'b & c'],
      examples: Uint32Array.of(0, 1, 2),
      colors: Float32Array.of(0, 1, 1),
      coloring: '"x"',
      colorings: [],
      codes: new Float32Array(6),
    },
    '<title>',
  )
  expect(svg.match(/h0/g)).toHaveLength(3)
  expect(svg.match(/<path/g)).toHaveLength(2)
  expect(svg).toContain('&#60;a&#62;')
  expect(svg).toContain('b &#38; c')
  expect(svg).toContain('<title>&#60;title&#62;</title>')
  expect(svg).not.toMatch(/NaN|undefined/)
})
