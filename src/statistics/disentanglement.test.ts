import { describe, expect, test } from 'vitest'
import type { BetavaeError } from '../base/errors.ts'
import { confidenceOf } from './confidence.ts'
import { disentanglement, metricsNamed } from './disentanglement.ts'
import { METRICS } from './metrics/index.ts'
import { codesOf, knownCodes } from './metrics/known-codes.testing.ts'

const { codes, factors, count } = codesOf(([a, b], [n, m]) => [a + n, b + m, n], { levels: 3, repeats: 20 })
const codeRows = { data: codes, shape: [count, 3] }
const factorRows = { data: factors, shape: [count, 2] }

const QUICK = ['mig', 'sap', 'explicitness']

describe('disentanglement', () => {
  test('gives every metric under its name, with its seed', async () => {
    const results = await disentanglement(codeRows, factorRows, { seed: 7 })
    expect(Object.keys(results)).toEqual(METRICS.map(({ name }) => name))
    for (const { score, seeds, seed } of Object.values(results)) {
      expect(Number.isFinite(score)).toBe(true)
      expect(seeds).toEqual([7])
      expect(seed).toBeUndefined()
    }
    expect(await disentanglement(codeRows, factorRows, { seed: 7 })).toEqual(results)
  })

  test('of several seeds: means, their intervals and each score', async () => {
    const single = [3, 4, 5].map((seed) => disentanglement(codeRows, factorRows, { metrics: QUICK, seed }))
    const alone = await Promise.all(single)
    const together = await disentanglement(codeRows, factorRows, { metrics: QUICK, seed: 3, seeds: 3 })
    for (const name of QUICK) {
      const scores = alone.map((results) => results[name].score)
      const { mean, standardDeviation, interval } = confidenceOf(scores)
      expect(together[name]).toMatchObject({
        score: mean,
        standardDeviation,
        interval,
        scores,
        seeds: [3, 4, 5],
      })
    }
    // Every other number is the mean, too, in lists of lists as well.
    const accuracies = alone.map(({ sap }) => (sap.accuracy as number[][])[1][0])
    const mean = (accuracies[0] + accuracies[1] + accuracies[2]) / 3
    expect((together.sap.accuracy as number[][])[1][0]).toBeCloseTo(mean, 12)
    expect(together.sap.standardDeviation).toBeGreaterThan(0)
    expect(together.mig.standardDeviation).toBe(0)
  })

  test('takes labels as one factor', async () => {
    const labels = Int32Array.from({ length: count }, (_, row) => factors[2 * row])
    const options = { metrics: QUICK }
    const alone = await disentanglement(codeRows, { data: labels, shape: [count] }, options)
    expect(alone.mig.perFactor).toHaveLength(1)
    const both = await disentanglement(codeRows, factorRows, options)
    expect(alone.mig.perFactor?.[0]).toBe(both.mig.perFactor?.[0])
  })

  test('numbers do not depend on how the order of columns is', async () => {
    const twice = { seed: 1, metrics: ['mig', 'sap', 'dci', 'factorVae'] }
    const scoresOf = async (kind: 'identity' | 'permuted') => {
      const sample = codesOf(knownCodes[kind], { levels: 3, repeats: 20 })
      const { mig, sap, dci, factorVae } = await disentanglement(
        { data: sample.codes, shape: [sample.count, 2] },
        { data: sample.factors, shape: [sample.count, 2] },
        twice,
      )
      return [mig, sap, dci, factorVae].map(({ score }) => score.toFixed(9))
    }
    expect(await scoresOf('permuted')).toEqual(await scoresOf('identity'))
  })

  test('stops at a signal', async () => {
    const signal = AbortSignal.abort()
    await expect(disentanglement(codeRows, factorRows, { signal })).rejects.toThrow('abort')
  })

  test('refuses what it does not know', async () => {
    const every = METRICS.map(({ name }) => name).join(', ')
    const told = async (work: () => unknown) => {
      try {
        await work()
      } catch (error) {
        return (error as BetavaeError).message.replace(every, '<every metric>')
      }
    }
    expect(await told(() => metricsNamed(['mig', 'migg'], {}))).toMatchInlineSnapshot(
      `"unknown metric "migg"; wanted all, or some of <every metric>. Fix: name metrics from that list. [metrics/unknown]"`,
    )
    expect(await told(() => metricsNamed([], {}))).toMatchInlineSnapshot(
      `"no metric; wanted all, or some of <every metric>. Fix: name metrics from that list. [metrics/unknown]"`,
    )
    expect(await told(() => disentanglement(codeRows, factorRows, { seeds: 0 }))).toMatchInlineSnapshot(
      `"seed 0, 0 seeds; wanted a whole number of at least 0, and at least one seed. Fix: give for example seed 0 and 5 seeds. [metrics/seeds]"`,
    )
  })
})
