import { layersOf, product } from '../networks/layer.ts'
import { floatBatches, startingPoint } from '../networks/materials.ts'

/** A training of dense layers by TensorFlow.js on its WebAssembly backend. */
export async function tfjsTraining(tf, wasm, job) {
  wasm.setThreadsCount(job.threads)
  await tf.setBackend('wasm')
  await tf.ready()
  const { network, batch } = job
  const layers = layersOf(network)
  const shapes = layers.flatMap(({ weight, bias }) => [weight, [bias]])
  const variables = startingPoint(network).map((values, i) => tf.variable(tf.tensor(values, shapes[i])))
  const xs = floatBatches(job).map((values) => tf.tensor2d(values, [batch, product(network.shape)]))
  const optimizer = tf.train.adam(job.rate, 0.9, 0.999, 1e-8)
  const activations = { relu: tf.relu, tanh: tf.tanh, identity: (x) => x }
  const through = (own, x) =>
    own.reduce((h, layer) => {
      const at = 2 * layers.indexOf(layer)
      return activations[layer.activation](tf.add(tf.matMul(h, variables[at]), variables[at + 1]))
    }, x)
  const loss = (x) => {
    const features = through(network.encoder, x)
    const [mean, logVariance] = [through([network.mean], features), through([network.logVariance], features)]
    const noise = tf.randomNormal([batch, network.latent])
    const z = tf.add(mean, tf.mul(tf.exp(tf.mul(logVariance, 0.5)), noise))
    const logits = through(network.decoder, z)
    const reconstruction = tf.sum(tf.sub(tf.softplus(logits), tf.mul(x, logits)))
    const kl = tf.mul(
      tf.sum(tf.sub(tf.add(tf.square(mean), tf.exp(logVariance)), tf.add(logVariance, 1))),
      0.5,
    )
    return tf.div(tf.add(reconstruction, kl), batch)
  }
  return {
    version: tf.version_core,
    note: `threads taken: ${wasm.getThreadsCount()}`,
    step: async (tick) => {
      const cost = optimizer.minimize(() => loss(xs[tick % xs.length]), true, variables)
      const value = (await cost.data())[0]
      cost.dispose()
      return value
    },
  }
}
