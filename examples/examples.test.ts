/** Every example runs, and is held to a quality bar. */
import { expect, test } from 'vitest'

test('first-vae: the digit costs far less than chance, and the code has a value for each dimension', async () => {
  const { result } = await import('./first-vae.ts')
  expect(result.samples).toEqual([4, 1, 8, 8])
  expect(result.code).toHaveLength(10)
  // 64 fair coins cost 44 nats.
  expect(result.elbo).toBeGreaterThan(-36)
})

test('odd-rows: a row that breaks the relation costs tens of nats more', async () => {
  const { result } = await import('./odd-rows.ts')
  expect(result.usual - result.odd).toBeGreaterThan(20)
})
