import { afterEach, describe, expect, test, vi } from 'vitest'
import { BetavaeError, fail } from '../base/errors.ts'
import type { EngineName } from './engine.ts'
import { browserEngines } from './onnxruntime/engines.ts'
import { nodeEngines } from './onnxruntime/node/engines.ts'
import { referenceEngine } from './reference.ts'
import { type Candidate, openEngine } from './select.ts'

const good = (name: EngineName): Candidate => ({ name, open: async () => ({ ...referenceEngine, name }) })
const bad = (name: EngineName): Candidate => ({
  name,
  open: async () =>
    fail({ code: 'engine/unavailable', seen: `${name} is missing`, wanted: 'it', fix: 'install it' }),
})

const refusal = async (attempt: Promise<unknown>): Promise<BetavaeError> => {
  const error = await attempt.catch((reason: unknown) => reason)
  if (!(error instanceof BetavaeError)) throw new Error(`wanted a BetavaeError; got ${error}`)
  return error
}

describe('auto', () => {
  test('takes the first that opens and tells why it passed over others', async () => {
    const unfit: Candidate = { ...good('webgpu'), unfit: async () => 'only a CPU' }
    const broken: Candidate = { name: 'native', open: () => Promise.reject(new Error('no such library')) }
    const { engine, skipped } = await openEngine([
      unfit,
      broken,
      bad('native'),
      good('wasm'),
      good('reference'),
    ])
    expect([engine.name, engine.warning]).toEqual(['wasm', undefined])
    expect(skipped).toEqual([
      { name: 'webgpu', reason: 'only a CPU' },
      { name: 'native', reason: 'no such library' },
      { name: 'native', reason: 'native is missing' },
    ])
  })

  test('warns on the engine that it took of one that should have opened, with what mends it', async () => {
    const { engine } = await openEngine([{ ...bad('native'), expected: true }, good('wasm')])
    expect(engine.warning).toEqual({
      code: 'engine/no-native',
      message: 'the native engine, which is faster, was skipped: native is missing; install it',
    })
    expect((await openEngine([good('native'), good('wasm')], 'wasm')).engine.warning).toBeUndefined()
  })

  test('fails with every reason where nothing opens', async () => {
    const { message } = await refusal(openEngine([bad('native'), bad('wasm')], 'auto'))
    expect(message).toMatchInlineSnapshot(
      `"native: native is missing; wasm: wasm is missing; wanted an engine that opens. Fix: mend one of these, or name an engine with --engine. [engine/unavailable]"`,
    )
  })

  test('is native in Node.js where its package is installed', async () => {
    const { engine, skipped } = await openEngine(nodeEngines)
    expect([engine.name, skipped]).toEqual(['native', []])
  })

  test('passes options on', async () => {
    const { engine } = await openEngine(nodeEngines, 'auto', { threads: 1 })
    expect(engine.threads).toBe(1)
  })
})

describe('by name', () => {
  test('opens that one, even where auto would not', async () => {
    const { engine, skipped } = await openEngine(nodeEngines, 'reference')
    expect([engine.name, skipped]).toEqual(['reference', []])
  })

  test('an unknown name lists the known ones', async () => {
    const { message, usage } = await refusal(openEngine(nodeEngines, 'tensorflow'))
    expect(usage).toBe(true)
    expect(message).toMatchInlineSnapshot(
      `"unknown engine "tensorflow"; wanted one of auto, native, webgpu, wasm, reference. Fix: choose one of those. [engine/unknown]"`,
    )
  })

  test('what a platform does not have is refused', async () => {
    const { message, usage } = await refusal(openEngine(browserEngines, 'native'))
    expect(usage).toBe(true)
    expect(message).toMatchInlineSnapshot(
      `"engine "native", which this platform does not have; wanted one of auto, webgpu, wasm, reference. Fix: choose one of those: native needs Node.js. [engine/unavailable]"`,
    )
  })

  test('WebGPU without an adapter is refused', async () => {
    const { message, usage } = await refusal(openEngine(browserEngines, 'webgpu'))
    expect(usage).toBe(false)
    expect(message).toMatchInlineSnapshot(
      `"no WebGPU here; wanted a browser with WebGPU and a GPU it may use. Fix: use another browser or turn hardware acceleration on, or take --engine wasm. [engine/unavailable]"`,
    )
  })
})

test.each([0, -1, 1.5, 1025, 1e9, Number.NaN, Number.POSITIVE_INFINITY])(
  '%s threads are refused',
  async (threads) => {
    const error = await refusal(openEngine([good('wasm')], 'auto', { threads }))
    expect([error.code, error.usage]).toEqual(['engine/threads', true])
  },
)

test('the refusal of threads says what is wanted', async () => {
  const { message } = await refusal(openEngine([good('wasm')], 'wasm', { threads: 0 }))
  expect(message).toMatchInlineSnapshot(
    `"threads 0; wanted a whole number from 1 to 1024. Fix: give the number of CPU threads, or leave it out. [engine/threads]"`,
  )
})

describe('without onnxruntime-node', () => {
  afterEach(() => vi.doUnmock('onnxruntime-node'))
  const breakPackage = () =>
    vi.doMock('onnxruntime-node', () => {
      throw new Error('its binary is for another platform')
    })

  test('native says how to get it', async () => {
    breakPackage()
    const error = await refusal(openEngine(nodeEngines, 'native'))
    expect([error.code, error.usage]).toEqual(['engine/unavailable', false])
    expect(error.fix).toMatchInlineSnapshot(
      `"remove node_modules and install on this machine, or take --engine wasm"`,
    )
  })

  test('auto falls through to WebAssembly', async () => {
    breakPackage()
    const { engine, skipped } = await openEngine(nodeEngines)
    expect(engine.name).toBe('wasm')
    expect(engine.warning?.code).toBe('engine/no-native')
    expect(engine.warning?.message).toMatch(
      /^the native engine, which is faster, was skipped: onnxruntime-node does not load .*; remove node_modules and/,
    )
    expect(skipped.map(({ name, reason }) => `${name}: ${reason}`).join()).toMatch(
      /^native: onnxruntime-node does not load/,
    )
  })
})
