import { describe, expect, test } from 'vitest'
import { barChart } from './bars.ts'
import { lineChart } from './line.ts'
import { scatterChart } from './scatter.ts'
import { stripChart } from './strips.ts'

const words = { title: 'a <title>', description: 'what it shows' }
const path = (markup: string) => [...markup.matchAll(/<path d="([^"]*)"/g)].map(([, d]) => d)

describe('lineChart', () => {
  const line = (points: [number, number][], background = false) => ({
    name: 'one',
    tone: 'train',
    points,
    background,
  })

  test('has a name and a description, escaped', () => {
    const { markup } = lineChart({ ...words, xLabel: 'x', series: [line([[0, 1]])] })
    expect(markup).toContain('<title>a &#60;title&#62;</title><desc>what it shows</desc>')
  })

  test('goes through its points, the higher value higher up', () => {
    const [d] = path(
      lineChart({
        ...words,
        xLabel: 'x',
        series: [
          line([
            [0, 1],
            [5, 3],
            [10, 2],
          ]),
        ],
      }).markup,
    )
    const places = d
      .slice(1)
      .split('L')
      .map((place) => place.split(' ').map(Number))
    expect(places).toHaveLength(3)
    expect(places[1][0] - places[0][0]).toBeCloseTo(places[2][0] - places[1][0], 0)
    expect(places[1][1]).toBeLessThan(places[2][1])
    expect(places[2][1]).toBeLessThan(places[0][1])
  })

  test('one point and no points are drawn without nonsense', () => {
    for (const points of [[[1, 4]], []] as [number, number][][])
      expect(lineChart({ ...words, xLabel: 'x', series: [line(points)] }).markup).not.toMatch(
        /NaN|Infinity|undefined/,
      )
  })

  test('one point is marked, in front and behind, so that a page can read it again', () => {
    for (const background of [false, true])
      expect(lineChart({ ...words, xLabel: 'x', series: [line([[1, 4]], background)] }).markup).toMatch(
        /<g class="line [^"]*" data-name="one"><path class="marks" d="M[\d.]+ [\d.]+h0"\/><\/g>/,
      )
  })

  test('a steep start behind does not flatten what is in front', () => {
    const steep = line(
      Array.from({ length: 100 }, (_, i) => [i, i < 3 ? 1e6 : 10]),
      true,
    )
    const front = line([
      [0, 12],
      [99, 8],
    ])
    const [, d] = path(lineChart({ ...words, xLabel: 'x', series: [steep, front] }).markup)
    const [from, to] = d
      .slice(1)
      .split('L')
      .map((place) => Number(place.split(' ')[1]))
    expect(to - from).toBeGreaterThan(100)
  })

  test('what its numbers are read by is told', () => {
    const points = [
      [0, 1],
      [10, 2],
    ] as const
    const { markup } = lineChart({ ...words, xLabel: 'x', series: [line([...points] as never)] })
    const [, told] = /data-told="([^"]*)"/.exec(markup) ?? []
    const { x, y } = JSON.parse(told.replaceAll('&#34;', '"'))
    const value = ([, p0, v0, p1, v1]: number[], place: number) => v0 + ((place - p0) * (v1 - v0)) / (p1 - p0)
    const [d] = path(markup)
    const read = [...d.matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map(([, px, py]) => [
      value(x, Number(px)),
      value(y, Number(py)),
    ])
    for (const [i, [px, py]] of points.entries()) {
      expect(read[i][0]).toBeCloseTo(px, 4)
      expect(read[i][1]).toBeCloseTo(py, 4)
    }
  })
})

describe('barChart', () => {
  const heads = ['dimension', 'nats'] as const
  const widths = (markup: string) =>
    [...markup.matchAll(/width="([\d.]+)" height="12"/g)].map(([, w]) => Number(w))
  const bars = (values: number[]) => values.map((value, i) => ({ name: `z${i}`, value, tone: 'active' }))

  test('bars are as long as their values', () => {
    const [a, b, c] = widths(barChart({ ...words, heads, bars: bars([2, 1, 0]) }).markup)
    expect(a / b).toBeCloseTo(2)
    expect(c).toBeLessThan(1)
  })

  test('bars that are all nothing look it', () => {
    expect(
      Math.max(...widths(barChart({ ...words, heads, bars: bars([0.001, 0.0005]) }).markup)),
    ).toBeLessThan(5)
  })

  test('what is too many is counted', () => {
    const { markup } = barChart({
      ...words,
      heads,
      bars: bars(Array.from({ length: 128 }, (_, i) => 128 - i)),
    })
    expect(widths(markup)).toHaveLength(40)
    expect(markup).toContain('and 88 more, each smaller')
  })
})

test('scatterChart draws each set as one path and names it at its middle', () => {
  const points = [
    [0, 0],
    [1, 1],
    [2, 0],
  ] as const
  const { markup } = scatterChart({
    ...words,
    xLabel: 'z0',
    yLabel: 'z1',
    sets: [
      { name: '7', tone: 'class-0', points },
      { tone: 'class-1', points },
    ],
  })
  expect(markup.match(/<path class="dots/g)).toHaveLength(2)
  expect(markup.match(/h0/g)).toHaveLength(6)
  expect(markup.match(/class="set-name/g)).toHaveLength(1)
})

test('stripChart puts every column on its own scale, and what lies beyond at the edge', () => {
  const { markup } = stripChart({
    ...words,
    columns: ['a', '<b>'],
    ranges: [
      [0, 1],
      [0, 1000],
    ],
    marks: [
      { name: 'a', tone: 'original', shape: 'ring', values: [0.5, 500] },
      { name: 'b', tone: 'reconstruction', shape: 'dot', values: [99, -1e9] },
    ],
    joined: true,
  })
  expect(markup).toContain('data-far="0:99"')
  const [middle, beyond, same, below] = [...markup.matchAll(/d="M([\d.-]+) /g)].map(([, x]) => Number(x))
  expect(middle).toBe(same)
  expect(beyond).toBeLessThanOrEqual(360)
  expect(below).toBeGreaterThan(0)
  expect(below).toBeLessThan(middle)
  expect(markup).toContain('&#60;b&#62;')
})
