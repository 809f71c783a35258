/**
 * Keeps npm from running the install script of onnxruntime-node in this repository, which downloads CUDA libraries;
 * with --check only looks. What a CPU needs is in the package.
 *
 * A new npm reads `allowScripts` of package.json. Older ones know of a script by the lock file alone: where
 * that does not tell of one, `npm ci` runs none. `npm install` writes it there again.
 */
import { readFileSync, writeFileSync } from 'node:fs'

const path = new URL('../package-lock.json', import.meta.url)
const text = readFileSync(path, 'utf8')
const lock = JSON.parse(text)
delete lock.packages['node_modules/onnxruntime-node'].hasInstallScript
const wanted = `${JSON.stringify(lock, null, 2)}\n`
if (!process.argv.includes('--check')) writeFileSync(path, wanted)
else if (text !== wanted) {
  console.error(
    'package-lock.json has npm run the install script of onnxruntime-node, which downloads CUDA libraries. Fix: npm run lock',
  )
  process.exitCode = 1
}
