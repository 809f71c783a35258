import { createRequire } from 'node:module'
import { contest, load } from './protocol.ts'

// The peers' packages live beside their own package.json, outside this file's resolution path.
const peers = createRequire(new URL('../peers/package.json', import.meta.url))

/**
 * TensorFlow.js on its WebAssembly backend. In Node the backend turns its threads off whatever is
 * asked (it reports how many it took); forced on by a patch, two threads measured the same as one.
 */
await contest(async (workload) => {
  const tf = peers('@tensorflow/tfjs')
  const wasm = peers('@tensorflow/tfjs-backend-wasm')
  wasm.setThreadsCount(workload.threads)
  await tf.setBackend('wasm')
  await tf.ready()
  const { parameters, batches } = load(workload)
  const variables = parameters.map(({ values, shape }) => tf.variable(tf.tensor(values, shape)))
  const xs = batches.map((values) => tf.tensor2d(values, [workload.batch, workload.sizes[0]]))
  const optimizer = tf.train.adam(workload.rate, 0.9, 0.999, 1e-8)
  const loss = (x) => {
    const [w1, b1, wm, bm, wv, bv, w2, b2, w3, b3] = variables
    const hidden = tf.relu(tf.add(tf.matMul(x, w1), b1))
    const mean = tf.add(tf.matMul(hidden, wm), bm)
    const logVariance = tf.add(tf.matMul(hidden, wv), bv)
    const noise = tf.randomNormal([workload.batch, workload.sizes[2]])
    const z = tf.add(mean, tf.mul(tf.exp(tf.mul(logVariance, 0.5)), noise))
    const logits = tf.add(tf.matMul(tf.relu(tf.add(tf.matMul(z, w2), b2)), w3), b3)
    const reconstruction = tf.sum(tf.sub(tf.softplus(logits), tf.mul(x, logits)))
    const kl = tf.mul(
      tf.sum(tf.sub(tf.add(tf.square(mean), tf.exp(logVariance)), tf.add(logVariance, 1))),
      0.5,
    )
    return tf.div(tf.add(reconstruction, kl), workload.batch)
  }
  return {
    version: tf.version_core,
    note: `threads taken: ${wasm.getThreadsCount()}`,
    step: async (tick) => {
      const cost = optimizer.minimize(() => loss(xs[tick % xs.length]), true, variables)
      const value = cost.dataSync()[0]
      cost.dispose()
      return value
    },
  }
})
