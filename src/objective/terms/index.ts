/** Every term. To add one: its file, and one line here; gradients, options, schema and ledger follow. */
import type { Term } from '../term.ts'
import { adversarialPrior } from './adversarial-prior.ts'
import { adversarialTc } from './adversarial-tc.ts'
import { capacity } from './capacity.ts'
import { codeL1 } from './code-l1.ts'
import { codeL2 } from './code-l2.ts'
import { commitment } from './commitment.ts'
import { contractive } from './contractive.ts'
import { denoising } from './denoising.ts'
import { dip1, dip2 } from './dip.ts'
import { freeBits } from './free-bits.ts'
import { gradientPenalty } from './gradient-penalty.ts'
import { importance } from './importance.ts'
import { jointCapacity } from './joint-capacity.ts'
import { kl } from './kl.ts'
import { mmd } from './mmd.ts'
import { msSsim } from './ms-ssim.ts'
import { l1, l2 } from './parameters.ts'
import { piwae } from './piwae.ts'
import { relaxation } from './relaxation.ts'
import { robust } from './robust.ts'
import { spectralNorm } from './spectral-norm.ts'
import { dimensionWiseKl, indexCodeMi, totalCorrelation } from './total-correlation.ts'

const house = [
  kl,
  capacity,
  jointCapacity,
  freeBits,
  indexCodeMi,
  totalCorrelation,
  dimensionWiseKl,
  dip1,
  dip2,
  mmd,
  importance,
  piwae,
  robust,
  l2,
  l1,
  codeL2,
  codeL1,
  contractive,
  gradientPenalty,
  spectralNorm,
  denoising,
  msSsim,
  relaxation,
  commitment,
  adversarialTc,
  adversarialPrior,
] as const

/** One of the house's own, with its name and options in its type. */
export type HouseTerm = (typeof house)[number]

export const allTerms: readonly Term[] = house
