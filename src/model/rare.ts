/** What few models have, together, so that a page loads it at once. */
export { rareArchitectures } from './architectures/rare.ts'
export { rareLatents } from './distributions/rare.ts'
export { rareLikelihoods } from './likelihoods/rare.ts'
export { rarePriors } from './priors/rare.ts'
