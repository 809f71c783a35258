import { type OpenedRun, type RunDirectory, varianceOfMeans } from '../../../inside.node.ts'
import { firstRows, rowsOf } from './rows.ts'

/** A code dimension and what is known of its strength. */
export interface Ranked {
  readonly dimension: number
  /** Mean KL in nats, where the run measured it. */
  readonly kl?: number
  /** Standard deviation of codes' means over some examples, where there is no KL. */
  readonly deviation?: number
}

/** KL in nats above which a dimension is worth showing. */
const ACTIVE_NATS = 0.01
/** Share of the greatest variance above which one without a KL is. */
const ACTIVE_SHARE = 1e-3
/** Examples that variances are taken of. */
const LOOKED_AT = 500

/** The chosen dimensions as they were chosen; else the active ones, strongest first; all where none is active. */
export async function rankedDimensions(run: OpenedRun, chosen?: readonly number[]): Promise<Ranked[]> {
  const all: Ranked[] =
    (await measuredKl(run.directory))?.map((kl, dimension) => ({ dimension, kl })) ?? (await deviations(run))
  if (chosen) return chosen.map((dimension) => all[dimension] ?? { dimension })
  const most = Math.max(...all.map(({ deviation = 0 }) => deviation))
  const isActive = ({ kl, deviation = 0 }: Ranked): boolean =>
    kl === undefined ? deviation ** 2 > ACTIVE_SHARE * most ** 2 : kl > ACTIVE_NATS
  const active = all.filter(isActive)
  const strength = ({ kl, deviation = 0 }: Ranked): number => kl ?? deviation
  return (active.length > 0 ? active : [...all]).sort((a, b) => strength(b) - strength(a))
}

/** Mean KL of each dimension in nats, as the run measured it last; undefined where it did not. */
export async function measuredKl(directory: RunDirectory): Promise<readonly number[] | undefined> {
  const epochs = (await directory.events()).filter((event) => event.kind === 'epoch')
  return epochs.at(-1)?.klPerDimension ?? undefined
}

/** A mean that varies with the example is what says something, whatever prior there is. */
async function deviations(run: OpenedRun): Promise<Ranked[]> {
  const { mean } = await run.model.encode(await firstRows(await rowsOf(run, undefined), LOOKED_AT))
  return varianceOfMeans(Float64Array.from(mean.data), run.model.latent).map((variance, dimension) => ({
    dimension,
    deviation: Math.sqrt(variance),
  }))
}
