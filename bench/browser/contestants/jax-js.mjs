import { jaxTraining } from '../../contestants/jax-training.mjs'

/** jax-js, which starts a thread for each core where memory can be shared. */
export async function build(job, { packages, version }) {
  const threads = crossOriginIsolated ? navigator.hardwareConcurrency : 1
  return { ...(await jaxTraining(packages['@jax-js/jax'], job)), version, note: `jit, ${threads} threads` }
}
