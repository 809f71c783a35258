/** Which half of the autoencoder a term on parameters is about. */
import * as z from 'zod/mini'
import { type Parameter, parts } from '../../model/parameters.ts'

export type Part = 'all' | (typeof parts)[number]

export const partOption = (usual: Part) =>
  z._default(
    z
      .enum(['all', ...parts])
      .check(z.describe('whose parameters: of the encoder, of the decoder, or of both (all)')),
    usual,
  )

export const parametersOf = (parameters: readonly Parameter[], part: Part): Parameter[] => {
  const wanted: readonly string[] = part === 'all' ? parts : [part]
  return parameters.filter((parameter) => wanted.includes(parameter.part))
}

/** A symbol with the part it is about: θ, or θ_decoder. */
export const ofPart = (symbol: string, part: Part): string => (part === 'all' ? symbol : `${symbol}_${part}`)
