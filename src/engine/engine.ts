/// <reference lib="esnext.disposable" preserve="true" />

import type { NDArray, NumericArray } from '../base/arrays.ts'
import type { Draw } from '../base/random.ts'
import type { Warning } from '../base/warning.ts'
import type { Program } from '../graph/program.ts'
import type { CrewOf } from './crew.ts'

export const engineNames = ['native', 'webgpu', 'wasm', 'reference'] as const
/** @inline */
export type EngineName = (typeof engineNames)[number]

/** Values by name, as they go into a program and come out of it. @inline */
export type Feeds = Readonly<Record<string, NDArray>>

/** @inline */
export interface LoadOptions {
  /** Inputs whose value never changes: written into the loaded program. */
  readonly constants?: Feeds
  /**
   * State that stays with the engine between runs (on a GPU: in its memory): input name → the output that
   * becomes its next value. Such inputs are not fed and such outputs are not returned.
   */
  readonly carry?: Readonly<Record<string, string>>
  /** First value of each carried input. */
  readonly state?: Feeds
  /** Threads that one run may use at most, where another number of them could give other bits; default: the engine's. */
  readonly threads?: number
  /** Whether its threads leave the cores at the end of a run to whoever computes between runs; else they wait for the next one awake. */
  readonly rests?: boolean
}

/** How an engine is opened. */
export interface EngineOptions {
  /**
   * CPU threads, a whole number from 1; default: one for each core, as WebAssembly at most 4. A page has more than one
   * only where it is cross-origin isolated and has said `wasmPaths`.
   */
  readonly threads?: number
  /**
   * Address under which a page finds ONNX Runtime's .wasm and .mjs files; default: beside its own script.
   * A bundled page needs it, since bundlers leave those files behind, and threads start from one of them.
   */
  readonly wasmPaths?: string
}

/** A program made ready to run. @inline */
export interface Executable extends Disposable {
  /**
   * Runs once. Every input that is neither constant nor carried must be fed. Outputs named in `into` are
   * written there and not allocated anew.
   */
  run(feeds: Feeds, into?: Feeds): Promise<Record<string, NDArray>>
  /** Copies the carried state out. */
  state(): Promise<Record<string, NDArray>>
  /** Frees what the engine holds for it. */
  dispose(): void
}

/** Standard normal draws, so many at a time and always into the same memory: the bits of `fillNormal`. @internal */
export type NormalDraws = (length: number) => (draw: Draw) => Float32Array

/** Something that runs programs. Every engine passes the same conformance suite. */
export interface Engine {
  readonly name: EngineName
  readonly threads: number
  /** What executes, with its version, for people to read. */
  readonly description: string
  /** Largest difference from the reference, relative to the largest magnitude in an output, that is still right. */
  readonly tolerance: number
  /** Where an optimizer's update belongs: in place on the host, or inside the program beside resident state. */
  readonly update: 'host' | 'program'
  /** Makes crews of as many threads as it computes with; absent where the calling thread is alone. @internal */
  readonly crew?: CrewOf
  /** Draws normal noise faster than the loop does; absent where its steps take too long for that to matter. @internal */
  readonly normalDraws?: NormalDraws
  /** Arrays of this type hold an engine's floats. */
  readonly precision: 'float32' | 'float64'
  /** That `auto` took it in place of a faster one that should open here, why, and what brings that one. */
  readonly warning?: Warning
  /** Makes a program ready to run. Errors: `engine/…`. */
  load(program: Program, options?: LoadOptions): Promise<Executable>
}

/** Copies an output to where the caller wants it. */
export function writeInto(target: NDArray | undefined, source: NDArray): NDArray {
  if (!target || target === source) return source
  ;(target.data as NumericArray).set(source.data)
  return target
}

export const copyOf = ({ data, shape }: NDArray): NDArray => ({ data: data.slice(), shape })
