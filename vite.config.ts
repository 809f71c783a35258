import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defaultClientConditions, defineConfig } from 'vite'

/** What is loaded in any case is one file: what others load later is not cut out of it, which would weigh more. */
const atOnce = { codeSplitting: { groups: [{ name: 'at-once', tags: ['$initial' as const] }] } }

/** The studio's page. ONNX Runtime's own files stay out of it: they are served, or copied, as `ort/`. */
export default defineConfig({
  root: fileURLToPath(new URL('src/apps/studio', import.meta.url)),
  // Addresses are relative, so that the page works in any folder of a web server.
  base: './',
  publicDir: false,
  plugins: [svelte({ configFile: false })],
  // The build of onnxruntime-web that loads its WebAssembly from where it is told, instead of carrying it along.
  resolve: { conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions] },
  worker: {
    format: 'es',
    // What a page of a user's loads late, the studio has at once: it trains.
    rolldownOptions: { checks: { ineffectiveDynamicImport: false }, output: atOnce },
  },
  build: {
    rolldownOptions: { output: atOnce },
    outDir: fileURLToPath(new URL('dist/studio', import.meta.url)),
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  logLevel: 'warn',
})
