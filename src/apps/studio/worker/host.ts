import type { Candidate } from '../../../inside.ts'
import type { FromWorker } from '../protocol.ts'

/** An image as canvases give it: [height, width, 4], 0 to 255. */
export interface DecodedImage {
  readonly width: number
  readonly height: number
  readonly rgba: Uint8ClampedArray
}

/** Everything that a worker has and Node.js has not, so that all else can be tested without one. */
export interface Host {
  /** Engines by preference. */
  readonly candidates: readonly Candidate[]
  /** Folder of ONNX Runtime's files; undefined where an engine finds them by itself. */
  readonly wasmPaths?: string
  /** Bytes of a file that is bundled with the page. */
  asset(name: 'mnist-sample'): Promise<Uint8Array>
  /** Decodes an image file; with a side, its middle square scaled to that. Rejects where it is none. */
  image(file: File, side?: number): Promise<DecodedImage>
  post(message: FromWorker, transfer?: readonly ArrayBuffer[]): void
}
