import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { contest, load } from './protocol.ts'

const peers = createRequire(new URL('../peers/package.json', import.meta.url))

/**
 * jax-js on its WebAssembly backend, the whole step with Adam under `jit`. Its threads want Web
 * Workers, which Node lacks; over an adapter to Node's worker threads two were slower than none.
 */
await contest(async (workload) => {
  const entry = new URL('index.js', pathToFileURL(peers.resolve('@jax-js/jax')))
  const {
    jit,
    init,
    defaultDevice,
    numpy: np,
    nn,
    random,
    valueAndGrad,
    blockUntilReady,
  } = await import(entry.href)
  await init('wasm')
  defaultDevice('wasm')
  const { parameters, batches } = load(workload)
  const [data, , latent] = workload.sizes
  const xs = batches.map((values) => np.array(values).reshape([workload.batch, data]))
  const loss = ([w1, b1, wm, bm, wv, bv, w2, b2, w3, b3], x, noise) => {
    const hidden = nn.relu(np.matmul(x.ref, w1).add(b1))
    const mean = np.matmul(hidden.ref, wm).add(bm)
    const logVariance = np.matmul(hidden, wv).add(bv)
    const z = mean.ref.add(np.exp(logVariance.ref.mul(0.5)).mul(noise))
    const logits = np.matmul(nn.relu(np.matmul(z, w2).add(b2)), w3).add(b3)
    const reconstruction = nn.softplus(logits.ref).sub(x.mul(logits)).sum()
    const kl = np.square(mean).add(np.exp(logVariance.ref)).sub(1).sub(logVariance).sum().mul(0.5)
    return reconstruction.add(kl).div(workload.batch)
  }
  const differentiate = valueAndGrad(loss)
  const step = jit((state, x, key, time) => {
    const noise = random.normal(key, [workload.batch, latent])
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
      next.p.push(state.p[i].sub(m.ref.div(c1.ref).div(root).mul(workload.rate)))
      next.m.push(m)
      next.v.push(v)
    })
    c1.dispose()
    c2.dispose()
    return [value, next]
  })
  const zeros = () => parameters.map(({ shape }) => np.zeros(shape))
  let state = {
    p: parameters.map(({ values, shape }) => np.array(values).reshape(shape)),
    m: zeros(),
    v: zeros(),
  }
  return {
    version: JSON.parse(readFileSync(new URL('../package.json', entry), 'utf8')).version,
    note: 'jit, 1 thread',
    step: async (tick) => {
      const [value, next] = step(
        state,
        xs[tick % xs.length].ref,
        random.key(tick),
        np.array(tick + 1, { dtype: np.float32 }),
      )
      state = await blockUntilReady(next)
      return (await value.data())[0]
    },
  }
})
