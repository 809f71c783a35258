/** What a training can run on here, in words. */
import type { EngineName } from '../../../../inside.ts'
import type { EngineChoice } from '../../protocol.ts'

const TITLES: Readonly<Record<EngineName, string>> = {
  native: 'Native',
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  reference: 'Reference',
}

const hints: Readonly<Record<EngineName, string>> = {
  native: 'The processor, outside of a browser.',
  webgpu: 'The graphics card: faster for large models.',
  wasm: 'The processor: faster for small models.',
  reference: 'Slow and exact, to compare with.',
}

/** Auto, and every engine by name; what does not open here cannot be chosen. */
export const engineOptions = (engines: readonly EngineChoice[]) => [
  { value: 'auto' as const, label: 'Auto', hint: `Takes ${firstOf(engines)} here.`, disabled: false },
  ...engines.map(({ name, available }) => ({
    value: name,
    label: TITLES[name],
    hint: hints[name],
    disabled: !available,
  })),
]

/** Why an engine cannot be chosen, or why auto passes over it. */
export const engineWords = (engines: readonly EngineChoice[]): string[] =>
  engines.flatMap(({ name, reason }) => (reason ? [`${TITLES[name]}: ${reason}`] : []))

const firstOf = (engines: readonly EngineChoice[]): string => {
  const found = engines.find(({ available, reason }) => available && !reason)
  return found ? TITLES[found.name] : 'the best there is'
}
