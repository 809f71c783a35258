/** Who takes part: names, and what a reader of the tables sees of them. */
export interface Who {
  readonly name: string
  readonly label: (version: string) => string
  /** What to type when its packages are missing. */
  readonly install: string
}

/** The one whose median most ratios are taken against. */
export const ours = 'betavae'

/** The one that does the step's matrix products and optimizer traffic and nothing else. */
export const limit = 'limit'

const peers = 'npm ci --prefix bench/peers'
export const python = process.env.BETAVAE_PYTHON ?? 'python3'
const pip = (name: string) => `${python} -m pip install ${name}, or name another Python in BETAVAE_PYTHON`

/** Without patch level and build: 2.15.0+cu132 is 2.15. */
const short = (version: string): string => version.split('.').slice(0, 2).join('.')

export const who = {
  [ours]: { name: ours, label: () => '**betavae, native**', install: 'npm ci' },
  'betavae-wasm': { name: 'betavae-wasm', label: () => '**betavae, WebAssembly**', install: 'npm ci' },
  [limit]: { name: limit, label: () => 'the limit', install: 'npm ci' },
  'pytorch-eager': {
    name: 'pytorch-eager',
    label: (version) => `PyTorch ${short(version)}, eager`,
    install: pip('torch'),
  },
  'pytorch-compiled': {
    name: 'pytorch-compiled',
    label: (version) => `PyTorch ${short(version)}, \`torch.compile\``,
    install: pip('torch'),
  },
  'pytorch-script': {
    name: 'pytorch-script',
    label: (version) => `a PyTorch ${short(version)} script`,
    install: pip('torch'),
  },
  pythae: { name: 'pythae', label: (version) => `pythae ${version}`, install: pip('pythae') },
  'pyod-vae': {
    name: 'pyod-vae',
    label: (version) => `PyOD ${short(version)}, VAE`,
    install: pip('pyod torch'),
  },
  'pyod-iforest': {
    name: 'pyod-iforest',
    label: (version) => `PyOD ${short(version)}, isolation forest`,
    install: pip('pyod'),
  },
  'sklearn-iforest': {
    name: 'sklearn-iforest',
    label: (version) => `scikit-learn ${short(version)}, isolation forest`,
    install: pip('scikit-learn pandas'),
  },
  'jax-js-wasm': {
    name: 'jax-js-wasm',
    label: (version) => `jax-js ${version}, WebAssembly`,
    install: peers,
  },
  'tfjs-wasm': {
    name: 'tfjs-wasm',
    label: (version) => `TensorFlow.js ${short(version)}, WebAssembly`,
    install: peers,
  },
  'onnxruntime-python': {
    name: 'onnxruntime-python',
    label: (version) => `Python's onnxruntime ${short(version)}, all rows in a call`,
    install: pip('onnxruntime'),
  },
  'onnxruntime-python-chunks': {
    name: 'onnxruntime-python-chunks',
    label: (version) => `Python's onnxruntime ${short(version)}, 1,000 rows a call`,
    install: pip('onnxruntime'),
  },
} as const satisfies Record<string, Who>
