import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BetavaeError } from '../../../src/base/errors.ts'
import { dice } from '../../../src/data/tables/readers/dice.testing.ts'
import { mutated } from '../../../src/data/tables/readers/mutants.testing.ts'
import type { Dish } from './dish.ts'

/** What came of one mutant. */
export interface Outcome {
  readonly index: number
  readonly was: 'read' | 'refused' | 'unexpected'
  /** Of processor time. */
  readonly seconds: number
  /** The most memory that the process had meanwhile, over what it had before, in bytes. */
  readonly grown: number
  readonly error?: string
}

/** Mutant number `index` of a reader: every second one has another structure, the others other bytes. */
export function mutantOf(dish: Dish, seeds: readonly Uint8Array[], index: number): Uint8Array {
  const roll = dice(2463534242 + index * 7919)
  // The first throws of seeds near each other are near each other.
  for (let i = 0; i < 8; i++) roll(2)
  const seed = seeds[roll(seeds.length)]
  return index % 2 === 0 ? mutated(seed, roll) : dish.restructured(seed, roll)
}

/** What a mutant costs, counted since the gauge was reset. */
export interface Gauge {
  reset(): void
  /** Of processor time. */
  seconds(): number
  /** The most bytes of memory over those of before. */
  grown(): number
}

/** Writes a mutant and reads it. */
export async function tasted(
  dish: Dish,
  seeds: readonly Uint8Array[],
  index: number,
  folder: string,
  gauge: Gauge,
): Promise<Outcome> {
  const path = join(folder, dish.file)
  writeFileSync(path, mutantOf(dish, seeds, index))
  gauge.reset()
  const told = await outcomeOf(() => dish.read(path, index >> 1))
  const outcome = { index, ...told, seconds: gauge.seconds(), grown: gauge.grown() }
  rmSync(path, { recursive: true, force: true })
  return outcome
}

async function outcomeOf(read: () => Promise<void>): Promise<Pick<Outcome, 'was' | 'error'>> {
  try {
    await read()
    return { was: 'read' }
  } catch (error) {
    if (error instanceof BetavaeError && error.code !== 'unexpected') return { was: 'refused' }
    const { stack = String(error) } = error as Error
    return { was: 'unexpected', error: stack.split('\n').slice(0, 6).join(' ') }
  }
}
