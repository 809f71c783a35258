import { openData } from '../../data/node/open.ts'
import { nodeEngines } from '../../engine/onnxruntime/node/engines.ts'
import type { Platform } from '../platform.ts'

/** Node.js: installed packages, files and the native engine. */
export const nodePlatform: Platform = {
  engines: nodeEngines,
  openData: ({ source, label }) => openData(source, label === undefined ? {} : { label }),
}
