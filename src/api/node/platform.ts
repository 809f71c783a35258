import { fail } from '../../base/errors.ts'
import { formatShape } from '../../base/shape.ts'
import type { Dataset } from '../../data/dataset.ts'
import { openData } from '../../data/node/open.ts'
import { nodeEngines } from '../../engine/onnxruntime/node/engines.ts'
import type { Platform } from '../platform.ts'
import { modelOfRun } from './finished-model.ts'

/** Node.js: installed packages, files and the native engine. */
export const nodePlatform: Platform = {
  engines: nodeEngines,
  async openData({ source, label, size, exclude, table }, numbersOnly = false) {
    const dataset = await openData(source, { label, size, exclude, table: table ?? !numbersOnly })
    if (size !== undefined) checkSize(dataset, size)
    return dataset
  },
  readModel: modelOfRun,
}

/** Only images of a folder are scaled; of other data it must not seem that they were. */
function checkSize({ name, exampleShape }: Dataset, size: number): void {
  const [, height, width] = exampleShape
  if (height !== size || width !== size)
    fail({
      code: 'data/size',
      seen: `size ${size} for "${name}", whose examples are ${formatShape(exampleShape)}`,
      wanted: 'a folder of images to crop and scale',
      fix: 'leave --size out',
      usage: true,
    })
}
