/** Who takes part; `command` gives the program and its arguments, with files relative to this folder. */
export interface Entry {
  readonly name: string
  readonly command: readonly [string, ...string[]]
  /** What to type when its packages are missing. */
  readonly install: string
}

const node = process.execPath
const python = process.env.BETAVAE_PYTHON ?? 'python3'

const peers = 'npm ci --prefix bench/peers'

/** The one whose median every ratio is taken against. */
export const ours = 'betavae'

/** The one that does the step's matrix products and optimizer traffic and nothing else. */
export const limit = 'limit'

export const entries: readonly Entry[] = [
  { name: ours, command: [node, 'betavae.ts', 'native'], install: 'npm ci' },
  { name: 'betavae-wasm', command: [node, 'betavae.ts', 'wasm'], install: 'npm ci' },
  { name: limit, command: [node, 'limit.ts'], install: 'npm ci' },
  {
    name: 'pytorch-eager',
    command: [python, 'pytorch.py', 'eager'],
    install: `${python} -m pip install torch`,
  },
  {
    name: 'pytorch-compiled',
    command: [python, 'pytorch.py', 'compiled'],
    install: `${python} -m pip install torch`,
  },
  { name: 'jax-js-wasm', command: [node, 'jax-js.mjs'], install: peers },
  { name: 'tfjs-wasm', command: [node, 'tfjs-wasm.mjs'], install: peers },
]
