import { fail } from '../../base/errors.ts'
import { allSamplers } from './index.ts'
import type { DrawCodes, KnownCodes } from './sampler.ts'

/** Gives the draws of a sampler by name; what a sampler does once is done when it is first asked for. */
export function openSamplers(known: () => Promise<KnownCodes>): (name: string) => Promise<DrawCodes> {
  const ready = new Map<string, DrawCodes>()
  return async (name) => {
    const sampler = allSamplers.find((candidate) => candidate.name === name) ?? refuse(name)
    const draws = ready.get(name) ?? sampler.prepare(await known())
    ready.set(name, draws)
    return draws
  }
}

function refuse(name: string): never {
  return fail({
    code: 'infer/sampler',
    seen: `samples from "${name}"`,
    wanted: allSamplers.map((sampler) => sampler.name).join(', '),
    fix: 'name one of those',
    usage: true,
  })
}
