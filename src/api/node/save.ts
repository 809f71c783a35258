import { writeWhole } from '../../runs/node/files.ts'
import { bytesOf, type Savable } from '../save.ts'

/**
 * A model as one `weights.safetensors`, from which `open` and `openTableModel` make the same again: as bytes, or written
 * to a file, which appears whole or not at all. The same model gives the same bytes.
 *
 * Errors: `open/foreign-model`, `files/write`.
 *
 * @example
 * ```ts
 * import { save, train } from 'betavae'
 *
 * const run = await train({ data: { source: 'digits' }, training: { steps: 20 } })
 * await save(run, 'weights.safetensors')
 * console.log(save(run).length) // bytes
 * ```
 */
export function save(model: Savable): Uint8Array
export function save(model: Savable, path: string): Promise<void>
export function save(model: Savable, path?: string): Uint8Array | Promise<void> {
  const bytes = bytesOf(model)
  return path === undefined ? bytes : writeWhole(path, bytes)
}
