/** Compiles kernels/*.ts (AssemblyScript) to src/engine/kernels/*.wasm.ts; with --check only compares. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import asc from 'assemblyscript/asc'

const options = {
  optimizeLevel: 3,
  shrinkLevel: 0,
  enable: ['simd'],
  runtime: 'stub',
  importMemory: true,
  noAssert: true,
}
const isCheck = process.argv.includes('--check')

for (const file of readdirSync(new URL('../kernels/', import.meta.url))) {
  const { binary, error, stderr } = await asc.compileString(
    readFileSync(new URL(`../kernels/${file}`, import.meta.url), 'utf8'),
    options,
  )
  if (error) throw new Error(`kernels/${file}: ${stderr}`)
  const code = Buffer.from(binary).toString('base64')
  const text = `/** kernels/${file}, compiled by scripts/kernels.mjs; base64. */\nexport default '${code}'\n`
  const target = new URL(`../src/engine/kernels/${file.replace(/\.ts$/, '.wasm.ts')}`, import.meta.url)
  if (!isCheck) writeFileSync(target, text)
  else if (readFileSync(target, 'utf8') !== text) {
    console.error(`kernels/${file} compiles to something else than is kept. Fix: npm run kernels`)
    process.exitCode = 1
  }
}
