/** What can be taken away, as files. */

export const exportKinds = ['onnx', 'safetensors', 'recipe', 'html'] as const
/** onnx: encoder and decoder as graphs; html: one page with the decoder inside, which opens offline. */
export type ExportKind = (typeof exportKinds)[number]

/** A file to be saved. */
export interface NamedBytes {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array<ArrayBuffer>
}
