import type { EpochEvent } from '../../../inside.ts'

/** Most epochs that are told about: more than a picture has room for. */
const MOST_EPOCHS = 512

/** Of a long training every second epoch, or fourth, …, with the first and the newest; all of a short one. */
export function spreadEpochs(epochs: readonly EpochEvent[], most = MOST_EPOCHS): readonly EpochEvent[] {
  const newest = epochs.at(-1)?.epoch ?? 0
  const stride = 2 ** Math.max(0, Math.ceil(Math.log2(newest / most)))
  if (stride === 1) return epochs
  return epochs.filter(({ epoch }, i) => epoch % stride === 0 || i === 0 || i === epochs.length - 1)
}
