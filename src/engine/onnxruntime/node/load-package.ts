import { createRequire } from 'node:module'
import { refuseNative } from './refuse-native.ts'

export type OrtPackage = typeof import('onnxruntime-node')

const require = createRequire(import.meta.url)

/** The optional package onnxruntime-node and its version. Rejects with `engine/unavailable` where it cannot be loaded. */
export async function loadPackage(): Promise<{ ort: OrtPackage; version: string }> {
  process.env.ORT_DISABLE_TELEMETRY = '1'
  try {
    const ort = await import('onnxruntime-node')
    const { version } = require('onnxruntime-node/package.json') as { version: string }
    return { ort, version }
  } catch (cause) {
    return refuseNative(cause)
  }
}
