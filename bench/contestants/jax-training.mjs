import { layersOf, product } from '../networks/layer.ts'
import { floatBatches, startingPoint } from '../networks/materials.ts'

/** A training of dense layers by jax-js on its WebAssembly backend, the whole step with Adam under `jit`. */
export async function jaxTraining(jax, job) {
  const { jit, init, defaultDevice, numpy: np, random, valueAndGrad, blockUntilReady } = jax
  await init('wasm')
  defaultDevice('wasm')
  const { network, batch } = job
  const shapes = layersOf(network).flatMap(({ weight, bias }) => [weight, [bias]])
  const xs = floatBatches(job).map((values) => np.array(values).reshape([batch, product(network.shape)]))
  const differentiate = valueAndGrad(lossOf(jax, job))
  const step = jit((state, x, key, time) => {
    const noise = random.normal(key, [batch, network.latent])
    const [value, gradients] = differentiate(
      state.p.map((p) => p.ref),
      x,
      noise,
    )
    const [c1, c2] = [0.9, 0.999].map((decay) => np.subtract(1, np.power(decay, time.ref)))
    time.dispose()
    const next = { p: [], m: [], v: [] }
    gradients.forEach((g, i) => {
      const m = state.m[i].mul(0.9).add(g.ref.mul(0.1))
      const v = state.v[i].mul(0.999).add(np.square(g).mul(0.001))
      const root = np.sqrt(v.ref.div(c2.ref)).add(1e-8)
      next.p.push(state.p[i].sub(m.ref.div(c1.ref).div(root).mul(job.rate)))
      next.m.push(m)
      next.v.push(v)
    })
    c1.dispose()
    c2.dispose()
    return [value, next]
  })
  const zeros = () => shapes.map((shape) => np.zeros(shape))
  let state = {
    p: startingPoint(network).map((values, i) => np.array(values).reshape(shapes[i])),
    m: zeros(),
    v: zeros(),
  }
  return {
    step: async (tick) => {
      const time = np.array(tick + 1, { dtype: np.float32 })
      const [value, next] = step(state, xs[tick % xs.length].ref, random.key(tick), time)
      state = await blockUntilReady(next)
      return (await value.data())[0]
    },
  }
}

/** The negative ELBO of a batch in nats per example; each array is used up where `.ref` does not keep it. */
function lossOf({ numpy: np, nn }, { network, batch }) {
  const layers = layersOf(network)
  const activations = { relu: nn.relu, tanh: np.tanh, identity: (x) => x }
  return (parameters, x, noise) => {
    const through = (own, start) =>
      own.reduce((h, layer) => {
        const at = 2 * layers.indexOf(layer)
        return activations[layer.activation](np.matmul(h, parameters[at]).add(parameters[at + 1]))
      }, start)
    const features = through(network.encoder, x.ref)
    const mean = through([network.mean], features.ref)
    const logVariance = through([network.logVariance], features)
    const z = mean.ref.add(np.exp(logVariance.ref.mul(0.5)).mul(noise))
    const logits = through(network.decoder, z)
    const reconstruction = nn.softplus(logits.ref).sub(x.mul(logits)).sum()
    const kl = np.square(mean).add(np.exp(logVariance.ref)).sub(1).sub(logVariance).sum().mul(0.5)
    return reconstruction.add(kl).div(batch)
  }
}
