/**
 * Compiles kernels/*.ts (AssemblyScript) to src/train/kernels/*.wasm.ts, over memory of one thread and over memory that
 * threads share; with --check only compares.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import asc from 'assemblyscript/asc'

const alone = {
  optimizeLevel: 3,
  shrinkLevel: 0,
  enable: ['simd'],
  runtime: 'stub',
  importMemory: true,
  noAssert: true,
}
const shared = { ...alone, enable: ['simd', 'threads'], sharedMemory: true, maximumMemory: 65_536 }
const isCheck = process.argv.includes('--check')

for (const file of readdirSync(new URL('../kernels/', import.meta.url))) {
  keep(file, 'wasm', await compiled(file, alone))
  // By itself, since a page has no use for it.
  keep(file, 'shared.wasm', await compiled(file, shared))
}

async function compiled(file, options) {
  const source = readFileSync(new URL(`../kernels/${file}`, import.meta.url), 'utf8')
  const { binary, error, stderr } = await asc.compileString(source, options)
  if (error) throw new Error(`kernels/${file}: ${stderr}`)
  return Buffer.from(binary).toString('base64')
}

function keep(file, kind, code) {
  const text = `/** kernels/${file}, compiled by scripts/kernels.mjs; base64. */\nexport default '${code}'\n`
  const target = new URL(`../src/train/kernels/${file.replace(/\.ts$/, `.${kind}.ts`)}`, import.meta.url)
  if (!isCheck) writeFileSync(target, text)
  else if (readFileSync(target, 'utf8') !== text) {
    console.error(`kernels/${file} compiles to something else than is kept. Fix: npm run kernels`)
    process.exitCode = 1
  }
}
