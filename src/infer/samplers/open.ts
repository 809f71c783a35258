import { fail } from '../../base/errors.ts'
import type { Engine } from '../../engine/engine.ts'
import { CODES } from '../codes.ts'
import type { ModelParts } from '../programs.ts'
import { allSamplers } from './index.ts'
import { priorProgram } from './prior.ts'
import type { DrawCodes, PriorComponents } from './sampler.ts'

/** Gives the draws of a sampler by name; what a sampler does once is done when it is first asked for. */
export function openSamplers(engine: Engine, parts: ModelParts): (name: string) => Promise<DrawCodes> {
  const ready = new Map<string, DrawCodes>()
  return async (name) => {
    const sampler = allSamplers.find((candidate) => candidate.name === name) ?? refuse(name)
    const { spec, values, hasPrior } = parts
    const known = { latent: spec.latent.size, hasPrior, codes: values[CODES] }
    const draws =
      ready.get(name) ?? sampler.prepare({ ...known, prior: await priorComponents(engine, parts) })
    ready.set(name, draws)
    return draws
  }
}

/** The components of a learned prior as numbers. */
async function priorComponents(
  engine: Engine,
  { spec, example, values }: ModelParts,
): Promise<PriorComponents | undefined> {
  const traced = priorProgram(spec, example)
  if (!traced) return undefined
  using executable = await engine.load(traced, { constants: values })
  const { mean, logVariance, logWeight } = await executable.run({})
  return { mean, logVariance, logWeight }
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
