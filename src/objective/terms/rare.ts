/** Those that few models have, loaded when one is named. To add one: its file, and one line here. */
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
import { learnedSimilarity } from './learned-similarity.ts'
import { mmd } from './mmd.ts'
import { msSsim } from './ms-ssim.ts'
import { piwae } from './piwae.ts'
import { relaxation } from './relaxation.ts'
import { robust } from './robust.ts'
import { spectralNorm } from './spectral-norm.ts'
import { dimensionWiseKl, indexCodeMi, totalCorrelation } from './total-correlation.ts'

export const rareTerms = [
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
  learnedSimilarity,
] as const
