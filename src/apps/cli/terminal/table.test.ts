import fc from 'fast-check'
import { expect, test } from 'vitest'
import { widthOf } from './letters.ts'
import { aligned } from './table.ts'

test('columns stand under each other', () => {
  expect(
    aligned(
      [
        ['KL', '3.10', 'nats'],
        ['reconstruction', '−21.34'],
      ],
      'lrl',
    ),
  ).toEqual(['KL                3.10  nats', 'reconstruction  −21.34'])
})

const LONG = 'Concentration of dissolved inorganic nitrogen in surface water samples, mg per l'
const shown = (rows: readonly (readonly string[])[], sides: string, width: number) =>
  `\n${aligned(rows, sides, width).join('\n')}\n`

test('names are cut in the middle, sentences broken, numbers neither', () => {
  const rows = [
    ['column', 'error', 'filled by'],
    [LONG, '0.54', 'a joint Gaussian 47%, the mean of the column 37%'],
    ['pH', '1,234.50', 'the model'],
  ]
  expect(shown(rows, 'lrw', 60)).toMatchInlineSnapshot(`
    "
    column                       error  filled by
    Concentratio…s, mg per l      0.54  a joint Gaussian 47%,
                                        the mean of the column
                                        37%
    pH                        1,234.50  the model
    "
  `)
  expect(shown(rows, 'lrw', 200)).toBe(shown(rows, 'lrl', Number.POSITIVE_INFINITY))
})

test('what may be left out is, the last first, and the head says so', () => {
  const rows = [
    ['run', 'data', 'latent', 'ELBO', 'KL'],
    ['runs/samples-12', 'samples.csv', '6', '−11.16', '3.75'],
  ]
  expect(shown(rows, 'klRrR', 50)).toMatchInlineSnapshot(`
    "
    run              data         latent    ELBO    KL
    runs/samples-12  samples.csv       6  −11.16  3.75
    "
  `)
  expect(shown(rows, 'klRrR', 44)).toMatchInlineSnapshot(`
    "
    run              data           ELBO  …
    runs/samples-12  samples.csv  −11.16
    "
  `)
  expect(shown(rows, 'klRrR', 40)).toMatchInlineSnapshot(`
    "
    run              data           ELBO  …
    runs/samples-12  samples.csv  −11.16
    "
  `)
})

test('what is still too wide goes on below, after the first column', () => {
  const rows = [
    ['', 'score', 'posX', 'posY', 'orientation of the shape in the image', 'shape'],
    ['MIG', '0.0052', '0.005', '0.005', '0.005', '0.005'],
    ['SAP', '0.0167', '0.017', '0.017', '0.017', '0.017'],
  ]
  expect(shown(rows, 'krnnnn', 40)).toMatchInlineSnapshot(`
    "
          score   posX   posY
    MIG  0.0052  0.005  0.005
    SAP  0.0167  0.017  0.017

         orientation of… in the image  shape
    MIG                         0.005  0.005
    SAP                         0.017  0.017
    "
  `)
})

test('no line is wider than its terminal, whatever stands in the cells', () => {
  const cell = fc.oneof(fc.string({ maxLength: 60, unit: 'grapheme' }), fc.lorem())
  const number = fc.double().map((value) => value.toPrecision(4))
  fc.assert(
    fc.property(
      fc.array(fc.tuple(cell, number, cell, number, cell), { minLength: 1, maxLength: 4 }),
      fc.stringMatching(/^[klw][rR][lwLW][rR][wW]$/),
      fc.integer({ min: 66, max: 120 }),
      (rows, sides, width) => {
        for (const line of aligned(rows, sides, width)) expect(widthOf(line)).toBeLessThanOrEqual(width)
      },
    ),
  )
})
