/** Sweeps the op index: each op's gradient, and the gradient of that, against finite differences. */
import { describe, expect, test } from 'vitest'
import { allOps } from '../graph/ops/index.ts'
import { inputName } from '../graph/ops/input.ts'
import { allReferences } from '../graph/reference/index.ts'
import { leaves, opCases, slopesOf } from '../testing/op-cases.ts'
import { checkGradient, weighted } from '../testing/probing.ts'

test('every op has a reference, and all but the leaves have a probe', () => {
  expect(allReferences.map(({ op }) => op.name).sort()).toEqual(allOps.map(({ name }) => name).sort())
  const bare = allReferences.filter(({ probes }) => probes.length === 0).map(({ op }) => op.name)
  expect(bare.sort()).toEqual([...leaves].sort())
})

describe.each(opCases.filter(({ smooth }) => smooth.length > 0))('$name', (opCase) => {
  const { output, inputs, feeds } = opCase
  const smooth = opCase.smooth.map((tensor) => inputName(tensor) as string)

  test('gradient and its gradient match central differences', async () => {
    const first = await checkGradient(weighted(output), smooth, inputs, feeds)
    expect(first.probesVary).toBe(true)
    expect(first.worst).toBeLessThan(1e-7)
    for (const slope of slopesOf(opCase)) {
      const second = await checkGradient(weighted(slope), smooth, inputs, feeds)
      expect(second.worst).toBeLessThan(1e-7)
    }
  })
})
