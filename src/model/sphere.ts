import { logGamma } from '../base/math/log-gamma.ts'

/** log of the area of the unit sphere of n dimensions, 2π^(n/2)/Γ(n/2). */
export const logSphereArea = (n: number): number => Math.LN2 + (n / 2) * Math.log(Math.PI) - logGamma(n / 2)
