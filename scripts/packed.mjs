/** What runs in written pages: bundles that are kept as text in modules. */
import { fileURLToPath } from 'node:url'

/** A module of which every export can be called and read, and is itself again. */
const NOTHING = `
const any = new Proxy(() => any, { get: () => any, apply: () => any, getPrototypeOf: () => any })
module.exports = any
`

/** The page reads what was checked before and lowers nothing, so schemas and ONNX stay out of it. */
const withoutChecksAndLowering = {
  name: 'without-checks-and-lowering',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^zod\/mini$|\/onnx\// }, ({ path }) => ({ path, namespace: 'nothing' }))
    onLoad({ filter: /./, namespace: 'nothing' }, () => ({ contents: NOTHING, loader: 'js' }))
  },
}

/** What runs in every page, and what runs in explorer pages besides. */
export const packed = [
  { entry: 'src/report/live/live.ts', target: 'src/report/live/live.packed.ts', name: 'live' },
  {
    entry: 'src/report/explorer/player/player.ts',
    target: 'src/report/explorer/player.packed.ts',
    name: 'player',
  },
  { entry: 'src/report/explorer/player/rows.ts', target: 'src/report/explorer/rows.packed.ts', name: 'rows' },
]

export const packedOptions = {
  absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
  bundle: true,
  write: false,
  minify: true,
  charset: 'utf8',
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  logLevel: 'warning',
  plugins: [withoutChecksAndLowering],
}
