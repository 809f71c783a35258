import { describe, expect, test } from 'vitest'
import type { BetavaeError } from '../../../base/errors.ts'
import { bringing, refuseNative } from './refuse-native.ts'

const refusal = (cause: unknown): BetavaeError => {
  try {
    return refuseNative(cause)
  } catch (error) {
    return error as BetavaeError
  }
}
const failure = (message: string, code: string) => Object.assign(new Error(message), { code })

describe('why there is no native engine', () => {
  test('its package was left out', () => {
    const words = "Cannot find package 'onnxruntime-node' imported from /home/me/dist/node.js"
    const { seen, fix } = refusal(failure(words, 'ERR_MODULE_NOT_FOUND'))
    expect(seen).toMatch(/^onnxruntime-node is not installed; npm leaves it out/)
    // A path would travel with the log of a run.
    expect(seen).not.toContain('/home/me')
    expect(fix).toMatch(/^run npm install --include=optional --ignore-scripts, or/)
  })

  test('it has no build for the platform', () => {
    const words =
      "Cannot find module '../bin/napi-v6/darwin/x64/onnxruntime_binding.node'\nRequire stack:\n- a"
    const { seen } = refusal(failure(words, 'MODULE_NOT_FOUND'))
    expect(seen).toBe(`onnxruntime-node has no build for ${process.platform} ${process.arch}`)
  })

  test('its library does not load', () => {
    const { seen, fix } = refusal(
      failure('libonnxruntime.so.1: cannot open shared object file', 'ERR_DLOPEN_FAILED'),
    )
    expect(seen).toBe('onnxruntime-node does not load (libonnxruntime.so.1: cannot open shared object file)')
    expect(fix).toMatch(/^remove node_modules/)
  })
})

test.each([
  ['/home/me/app/node_modules/betavae/dist/node.js', 'npm install --include=optional --ignore-scripts'],
  ['C:\\app\\node_modules\\betavae\\dist\\node.js', 'npm install --include=optional --ignore-scripts'],
  ['/usr/lib/node_modules/betavae/dist/node.js', 'npm install --global betavae --ignore-scripts'],
  [
    'C:\\Users\\me\\AppData\\Roaming\\npm\\node_modules\\betavae\\dist\\node.js',
    'npm install --global betavae --ignore-scripts',
  ],
  [
    '/home/me/.npm/_npx/0a1b/node_modules/betavae/dist/node.js',
    'npm install betavae --ignore-scripts here, which npx then takes',
  ],
  [
    '/app/node_modules/.pnpm/betavae@1.0.0/node_modules/betavae/dist/node.js',
    'pnpm install --force --ignore-scripts',
  ],
])('what brings it to %s', (path, command) => expect(bringing(path)).toBe(command))
