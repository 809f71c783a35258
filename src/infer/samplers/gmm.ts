import { EUCLIDEAN } from '../../model/spaces.ts'
import { asTheyAre, coordinatesOf } from './coordinates.ts'
import { type FittedMixture, fitMixture } from './fit-mixture.ts'
import { drawMixture } from './mixture-draws.ts'
import { defineSampler, storedCodes } from './sampler.ts'

const MOST_COMPONENTS = 10

/** Codes for each dimension that a component's covariance wants: with fewer it would fit their accidents. */
const CODES_PER_DIMENSION = 5

const componentsFor = (codes: number, latent: number): number =>
  Math.max(1, Math.min(MOST_COMPONENTS, Math.floor(codes / (CODES_PER_DIMENSION * latent))))

/** Mixtures of the codes that were asked for: a model samples more than once, and of many dimensions a fit takes seconds. */
const fitted = new WeakMap<object, FittedMixture>()

/** A Gaussian mixture fitted to the codes of training examples. Ghosh et al. 2020, section 4. */
export const gmm = defineSampler({
  name: 'gmm',
  summary: 'up to 10 Gaussians fitted to the codes of training examples',
  paper: 'Ghosh et al. 2020, section 4',
  prepare(known) {
    const codes = storedCodes(known)
    const [count, latent] = codes.shape
    const { inside, outside } = coordinatesOf(known.space ?? EUCLIDEAN) ?? asTheyAre
    const mixture = fitted.get(codes) ?? fitMixture(inside(codes), componentsFor(count, latent))
    fitted.set(codes, mixture)
    const { weights, means, factors } = mixture
    const draw = (wanted: number, seed: number) =>
      drawMixture({ count: wanted, latent, seed, weights }, (noise, component) => {
        const factor = factors[component]
        // From the last: a row of the factor needs the noise of earlier ones only.
        for (let row = latent - 1; row >= 0; row--) {
          let sum = means[component * latent + row]
          for (let column = 0; column <= row; column++) sum += factor[row * latent + column] * noise[column]
          noise[row] = sum
        }
      })
    return (wanted, seed) => outside(draw(wanted, seed))
  },
})
