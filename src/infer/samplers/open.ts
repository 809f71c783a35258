import { type Bearer, find } from '../../base/parts.ts'
import { allSamplers } from './index.ts'
import type { DrawCodes, KnownCodes, Sampler } from './sampler.ts'

/** A sampler by its name. Error, usage: `infer/sampler`. */
export const samplerNamed = (name: string, bearer: Bearer): Sampler =>
  find('sampler', allSamplers, name, bearer, { code: 'infer/sampler', seen: `samples from "${name}"` })

/** Gives the draws of a sampler by name; what a sampler does once is done when it is first asked for. */
export function openSamplers(
  bearer: Bearer,
  known: () => Promise<KnownCodes>,
): (name: string) => Promise<DrawCodes> {
  const ready = new Map<string, Promise<DrawCodes>>()
  return async (name) => {
    const sampler = samplerNamed(name, bearer)
    const draws = ready.get(name) ?? known().then((own) => sampler.prepare(own))
    ready.set(name, draws)
    return draws
  }
}
