import type { Reproduction } from '../reproduction.ts'
import { boundsOrder } from './bounds-order.ts'
import { burdaIwae, burdaVae } from './burda.ts'
import { dspritesRateDistortion } from './dsprites-rate-distortion.ts'
import { hyperspherical } from './hyperspherical.ts'
import { linearVaePpca } from './linear-vae-ppca.ts'
import { migOrdering } from './mig-ordering.ts'
import { mnistBeta1, mnistBeta4 } from './mnist-beta.ts'
import { mnistFixed, mnistFixedDeeper } from './mnist-fixed.ts'
import { poincare } from './poincare.ts'

/** Every result that can be reproduced. To add one: its file, and one entry here. */
export const allReproductions: readonly Reproduction[] = [
  linearVaePpca,
  mnistBeta1,
  mnistBeta4,
  mnistFixed,
  mnistFixedDeeper,
  burdaVae,
  burdaIwae,
  boundsOrder,
  hyperspherical,
  poincare,
  dspritesRateDistortion,
  migOrdering,
]
