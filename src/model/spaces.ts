/**
 * Where codes live. A latent says where its codes are, a prior where its density is, and the two must agree.
 *
 * `euclidean`: any numbers. `sphere`: unit vectors. `ball`: vectors shorter than 1/√curvature, the Poincaré
 * ball. `discrete`: each variable is one of its levels, written as the latent writes it. `mixed`: so many
 * numbers, then discrete variables as one-hots. Densities are by area on the sphere and by hyperbolic volume in
 * the ball.
 */
export type CodeSpace =
  | { readonly kind: 'euclidean' }
  | { readonly kind: 'sphere' }
  | { readonly kind: 'ball'; readonly curvature: number }
  | { readonly kind: 'discrete'; readonly levels: readonly number[] }
  | { readonly kind: 'mixed'; readonly continuous: number; readonly levels: readonly number[] }

/** @inline */
export type CodeSpaceKind = CodeSpace['kind']

/** The space of codes of which nothing else is said. */
export const EUCLIDEAN: CodeSpace = { kind: 'euclidean' }

/** As a complaint names codes of a space. */
export const codesIn: Readonly<Record<CodeSpaceKind, string>> = {
  euclidean: 'Euclidean codes',
  sphere: 'codes on the unit sphere',
  ball: 'codes in the Poincaré ball',
  discrete: 'discrete codes',
  mixed: 'numbers beside discrete codes',
}

/** Log of the number of discrete codes that there are, in nats. */
export const logCodes = (levels: readonly number[]): number =>
  levels.reduce((total, count) => total + Math.log(count), 0)
