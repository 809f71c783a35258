/** What docs/same-bits.md says is the same to the bit, and what is only close. */
import { expect, test } from 'vitest'
import { type RecipeDraft, readWeights, train, writeWeights } from '../src/inside.node.ts'

const dense: RecipeDraft = {
  data: { source: 'digits' },
  model: { latent: { size: 8 }, architecture: { name: 'mlp', hidden: [128] } },
  training: { steps: 20, batch: 128 },
}
/** So many parameters that all threads share in the optimizer's work. */
const wide: RecipeDraft = {
  ...dense,
  model: { latent: { size: 8 }, architecture: { name: 'mlp', hidden: [400, 400] } },
  training: { steps: 60, batch: 64 },
}
const convolutional: RecipeDraft = {
  data: { source: 'digits' },
  model: { latent: { size: 4 }, architecture: { name: 'conv' } },
  training: { steps: 3, batch: 32 },
}

type Tensors = Readonly<Record<string, ArrayLike<number>>>

/** The tensors of a model, as its file holds them. */
const tensorsIn = async (bytes: Uint8Array): Promise<Tensors> =>
  Object.fromEntries(
    Object.entries((await readWeights(bytes)).values).map(([name, { data }]) => [name, data]),
  )

/** The file of a model that was trained so. */
const trainedBy = async (name: 'native' | 'wasm', threads: number, draft: RecipeDraft): Promise<Uint8Array> =>
  writeWeights((await train({ ...draft, engine: { name, threads } })).trained)

/** The greatest difference of two numbers at one place, as a share of the greatest number. */
function apart(ours: Tensors, theirs: Tensors): number {
  let [difference, greatest] = [0, 0]
  for (const [name, numbers] of Object.entries(ours))
    for (let i = 0; i < numbers.length; i++) {
      difference = Math.max(difference, Math.abs(numbers[i] - theirs[name][i]))
      greatest = Math.max(greatest, Math.abs(numbers[i]))
    }
  return difference / greatest
}

test.each([
  ['dense', dense],
  ['wide', wide],
  ['convolutional', convolutional],
])(
  'a %s model has the same tensors on any number of threads, and close ones as WebAssembly',
  async (_, draft) => {
    const one = await trainedBy('native', 1, draft)
    const tensors = await tensorsIn(one)
    for (const threads of [2, 3]) {
      const file = await trainedBy('native', threads, draft)
      expect(await tensorsIn(file)).toEqual(tensors)
      // The recipe in it says how many threads were asked for.
      expect(Buffer.from(file).equals(one)).toBe(false)
    }
    const other = apart(tensors, await tensorsIn(await trainedBy('wasm', 1, draft)))
    expect(other).toBeGreaterThan(0)
    expect(other).toBeLessThan(1e-5)
  },
)
