/**
 * `betavae/testing`: what the author of a part or of an engine checks it with, in any test framework or none.
 *
 * @module betavae/testing
 */
export { checkGradient, type GradientCheck } from '../testing/probing.ts'
