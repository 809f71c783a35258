/** log 2π: −2 times the logarithm of N(0, 1)'s density at 0. */
export const LOG_TWO_PI = Math.log(2 * Math.PI)

/** ½ log 2πσ², in nats: what a density of this variance costs at its mean. */
export const logNormalizer = (variance: number): number => 0.5 * Math.log(2 * Math.PI * variance)

/** KL(N(mean, variance) ‖ N(0, 1)) in nats. Kingma & Welling 2014, appendix B. */
export const klToStandardNormal = (mean: number, logVariance: number): number =>
  0.5 * (Math.exp(logVariance) + mean * mean - logVariance - 1)
