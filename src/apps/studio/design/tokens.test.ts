import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { chartStyle } from '../../../report/style.ts'

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8')
const [reportLight, reportDark] = chartStyle.split('@media (prefers-color-scheme:dark)')

const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(([, name, light, dark]) => [
    name,
    { light, dark },
  ]),
)
const reported = (style: string, name: string) => new RegExp(`--${name}:(#\\w{6})`).exec(style)?.[1]

test('the studio has the colors of the reports', () => {
  for (const name of ['paper', 'card', 'ink', 'muted', 'rule', 'faint', 'accent', 'second', 'batch', 'idle'])
    expect(tokens.get(name), name).toEqual({
      light: reported(reportLight, name),
      dark: reported(reportDark, name),
    })
})

/** Relative luminance and contrast, WCAG 2.2. */
const luminance = (color: string): number => {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const contrast = (a: string, b: string): number => {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

describe.each(['light', 'dark'] as const)('%s', (theme) => {
  const color = (name: string) => tokens.get(name)?.[theme] ?? name
  test.each([
    ['ink', 'paper', 4.5],
    ['ink', 'second-tint', 4.5],
    ['muted', 'paper', 4.5],
    ['muted', 'card', 4.5],
    ['muted', 'faint', 4.5],
    ['muted', 'tint', 4.5],
    ['accent', 'card', 4.5],
    ['accent', 'tint', 4.5],
    ['accent', 'second-tint', 4.5],
    ['on-accent', 'accent', 4.5],
    ['edge', 'card', 3],
    ['edge', 'paper', 3],
    ['part-2', 'card', 3],
    ['part-3', 'card', 3],
    ['part-4', 'card', 3],
    ['part-5', 'card', 3],
  ])('%s can be told from %s', (front, back, least) => {
    expect(contrast(color(front), color(back))).toBeGreaterThanOrEqual(least)
  })
})
