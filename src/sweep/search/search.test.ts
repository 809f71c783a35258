import { describe, expect, test } from 'vitest'
import { gridOf, nameOf, randomOf, readAxis } from './axis.ts'
import { compareKeys, readBest } from './best.ts'
import { type Climb, type Halving, type Judged, nextClimb, stepsAt } from './ladder.ts'

const isWhole = (name: string): boolean => name === 'batch'
const grid = (...texts: string[]) => gridOf(texts.map(readAxis), isWhole)

describe('axes', () => {
  test('a grid has every combination', () => {
    expect(grid('latent=4,8', 'arch=dense')).toEqual([
      { latent: '4', arch: 'dense' },
      { latent: '8', arch: 'dense' },
    ])
    expect(grid('lr=1e-4..1e-2:log').map(({ lr }) => lr)).toEqual(['0.0001', '0.001', '0.01'])
    expect(grid('x=-1..1:5').map(({ x }) => x)).toEqual(['-1', '-0.5', '0', '0.5', '1'])
    expect(grid('batch=1..4:log:4').map(({ batch }) => batch)).toEqual(['1', '2', '3', '4'])
    expect(grid('hidden=256|512,256').map(({ hidden }) => hidden)).toEqual(['256', '512,256'])
  })

  test('random combinations are those of the seed, within the ends, none twice', () => {
    const axes = ['lr=1e-4..1e-2:log', 'batch=8..16', 'arch=dense,conv'].map(readAxis)
    const drawn = randomOf(axes, { count: 200, seed: 3, isWhole })
    expect(drawn).toEqual(randomOf(axes, { count: 200, seed: 3, isWhole }))
    expect(drawn).not.toEqual(randomOf(axes, { count: 200, seed: 4, isWhole }))
    expect(new Set(drawn.map((one) => JSON.stringify(one))).size).toBe(200)
    for (const { lr, batch, arch } of drawn) {
      expect(Number(lr)).toBeGreaterThanOrEqual(1e-4)
      expect(Number(lr)).toBeLessThanOrEqual(1e-2)
      expect(Number(batch)).toBe(Math.round(Number(batch)))
      expect(['dense', 'conv']).toContain(arch)
    }
    // Half of a logarithmic span lies below its geometric middle.
    const low = drawn.filter(({ lr }) => Number(lr) < 1e-3).length
    expect(low).toBeGreaterThan(70)
    expect(low).toBeLessThan(130)
    expect(randomOf(['arch=dense,conv'].map(readAxis), { count: 9, seed: 0, isWhole })).toHaveLength(2)
  })

  test.each(['lr', 'lr=', 'lr=1,1', 'lr=2..1', 'lr=0..1:log', 'lr=1..2:1', 'lr=1..2:3:4', 'lr=1..2:ln'])(
    '%s is refused',
    (text) => {
      expect(() => readAxis(text)).toThrow('[search/over]')
    },
  )

  test('names of folders', () => {
    expect(nameOf({ lr: '1e-3', hidden: '512,256', source: '../x y' })).toBe(
      'lr-1e-3-hidden-512_256-source-.._x_y',
    )
  })
})

describe('what is best', () => {
  const order = (text: string, ...all: Record<string, number>[]) => {
    const { key } = readBest(text, ['mig'])
    return all
      .map((measures, at) => [at, key(measures)] as const)
      .toSorted((a, b) => compareKeys(a[1], b[1]))
      .map(([at]) => at)
  }
  test('most or least of a number, one that is none last', () => {
    expect(order('elbo', { elbo: -9 }, { elbo: -7 }, {}, { elbo: -8 })).toEqual([1, 3, 0, 2])
    expect(order('mig', { mig: 0.1 }, { mig: 0.4 })).toEqual([1, 0])
    expect(order('kl', { kl: 3 }, { kl: Number.NaN }, { kl: 2 })).toEqual([2, 0, 1])
    expect(order('most:activeUnits', { activeUnits: 3 }, { activeUnits: 5 })).toEqual([1, 0])
    expect(order('least:activeUnits', { activeUnits: 3 }, { activeUnits: 5 })).toEqual([0, 1])
  })
  test('the rate at a distortion: who keeps it first, then who comes near', () => {
    const all = [
      { rate: 2, distortion: 90 },
      { rate: 9, distortion: 79 },
      { rate: 7, distortion: 80 },
      { rate: 1, distortion: 85 },
    ]
    expect(order('rate@distortion=80', ...all)).toEqual([2, 1, 3, 0])
  })
  test.each(['', 'activeUnits', 'rate@rate=3', 'rate@distortion=x', 'best'])('"%s" is refused', (text) => {
    expect(() => readBest(text, ['mig'])).toThrow('[search/best]')
  })
})

/** Climbs of so many members by workers that all take as long, whose worth is their number. */
function climbed(members: number, halving: Halving, workers: number, fails: readonly number[] = []): Climb[] {
  const judged: Judged[] = []
  const running: Climb[] = []
  const all: Climb[] = []
  for (;;) {
    const next = running.length < workers ? nextClimb(members, halving, judged, running) : undefined
    if (next) {
      expect(all).not.toContainEqual(next)
      all.push(next)
      running.push(next)
    } else {
      const done = running.shift()
      if (!done) return all
      judged.push({ ...done, key: fails.includes(done.member) ? undefined : [-done.member] })
    }
  }
}

const steps = (all: readonly Climb[], halving: Halving, length: number): number =>
  all.reduce((sum, { rung }) => {
    const below = rung === 0 ? 0 : stepsAt(length, rung - 1, halving)
    return sum + stepsAt(length, rung, halving) - below
  }, 0)

describe('successive halving', () => {
  const halving = { eta: 3, rungs: 3 }

  test('who works alone takes a quarter of the steps of 27', () => {
    const all = climbed(27, halving, 1)
    expect(all.filter(({ rung }) => rung === 1).map(({ member }) => member)).toEqual([
      26, 25, 24, 23, 22, 21, 20, 19, 18,
    ])
    expect(all.filter(({ rung }) => rung === 2).map(({ member }) => member)).toEqual([26, 25, 24])
    expect(steps(all, halving, 900)).toBe(27 * 100 + 9 * 200 + 3 * 600)
  })

  test('many workers find the same best one for not many more', () => {
    const all = climbed(27, halving, 4)
    const whole = all.filter(({ rung }) => rung === 2).map(({ member }) => member)
    expect(whole).toContain(26)
    expect(steps(all, halving, 900) / (27 * 900)).toBeLessThan(0.4)
  })

  test.each([1, 2, 4])('of %i members the best one is trained to its end', (members) => {
    const all = climbed(members, halving, 1)
    expect(all.filter(({ rung }) => rung === 2)).toEqual([{ member: members - 1, rung: 2 }])
  })

  test('who fails goes nowhere', () => {
    expect(climbed(3, halving, 1, [2]).filter(({ rung }) => rung === 2)).toEqual([{ member: 1, rung: 2 }])
    expect(climbed(2, halving, 1, [0, 1])).toHaveLength(2)
  })

  test('without rungs all are trained to their ends', () => {
    expect(climbed(5, { eta: 2, rungs: 1 }, 2)).toHaveLength(5)
    expect(stepsAt(100, 0, { eta: 2, rungs: 1 })).toBe(100)
  })
})
