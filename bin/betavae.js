#!/usr/bin/env node
// Kept to syntax that old versions of Node.js read, so that they can say that they are old.
import { existsSync } from 'node:fs'
import module from 'node:module'

const WANTED = [20, 19]
const [major, minor] = process.versions.node.split('.').map(Number)
const main = new URL('../dist/cli.js', import.meta.url)

if (major < WANTED[0] || (major === WANTED[0] && minor < WANTED[1])) {
  console.error(
    `Node.js ${process.versions.node}; wanted ${WANTED.join('.')} or later. Fix: install a newer Node.js, see nodejs.org. [cli/node-version]`,
  )
  process.exitCode = 1
} else if (!existsSync(main)) {
  console.error(
    'betavae has not been built; wanted dist/cli.js. Fix: run npm run build, or npm ci. [cli/not-built]',
  )
  process.exitCode = 1
} else {
  // Node.js 22 and later keep what they compile.
  module.enableCompileCache?.()
  await import(main.href)
}
