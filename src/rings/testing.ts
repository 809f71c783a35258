/**
 * `betavae/testing`: what the author of a part or of an engine checks it with, in any test framework or none.
 *
 * @module betavae/testing
 */
export { checkEngine, checkPart } from '../testing/check-part.ts'
export type { Flaw } from '../testing/flaw.ts'
export { checkGradient, type GradientCheck } from '../testing/probing.ts'
