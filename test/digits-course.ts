/** A short training on digits by which engines are compared with the native one. */
import { nodeEngines, openEngine, type RecipeDraft, train } from '../src/inside.node.ts'

export const STEPS = 100

export const draft: RecipeDraft = {
  data: { source: 'digits' },
  model: { architecture: { name: 'mlp', hidden: [64] }, latent: { size: 8 } },
  objective: { name: 'beta-vae', terms: [{ term: 'kl', weight: 'linear(0, 4, 50)' }] },
  training: { steps: STEPS, batch: 64, seed: 1 },
}

/** Relative distance between loss curves that float32 may make; in 200 steps 5e-7 was seen. */
export const TOLERANCE = 1e-4

async function nativeLosses(): Promise<number[]> {
  const { engine } = await openEngine(nodeEngines, 'native')
  const losses: number[] = []
  for await (const event of train(draft, { engine })) if (event.kind === 'step') losses.push(event.loss)
  return losses
}

/** The largest relative distance of a loss curve from the native engine's. */
export async function distanceFromNative(losses: readonly number[]): Promise<number> {
  const wanted = await nativeLosses()
  return Math.max(...losses.map((loss, i) => Math.abs(loss - wanted[i]) / wanted[i]))
}
