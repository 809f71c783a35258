/** Every metric of codes and factors. To add one: its file, and one line here. */
import { betaVae } from './beta-vae.ts'
import { dci } from './dci.ts'
import { explicitness } from './explicitness.ts'
import { factorVae } from './factor-vae.ts'
import { irs } from './irs.ts'
import type { Metric } from './metric.ts'
import { mig } from './mig.ts'
import { modularity } from './modularity.ts'
import { sap } from './sap.ts'
import { mutualInformation, totalCorrelation, wassersteinCorrelation } from './unsupervised.ts'

const house = [
  mig,
  dci,
  sap,
  betaVae,
  factorVae,
  modularity,
  explicitness,
  irs,
  totalCorrelation,
  wassersteinCorrelation,
  mutualInformation,
] as const

/** One of the house's own, with its name and options in its type. */
export type HouseMetric = (typeof house)[number]

/** Every measure of how well codes tell factors apart. */
export const METRICS: readonly Metric[] = house
