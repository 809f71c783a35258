import type { DatasetDefaults, TrainingDefaults } from '../dataset.ts'

/** How a table is treated where nobody says, by what its model is for. */
export function tableDefaults(rows: number, values: number): DatasetDefaults {
  const purposes = { anomalies: detector(rows), gaps: density(rows), rows: density(rows) }
  return {
    likelihood: 'columns',
    scaling: 'none',
    binarize: 'none',
    // Half the numbers that hold values: what is missing has none.
    latent: clamp(Math.ceil(values / 2), 2, 64),
    ...purposes.anomalies,
    purposes,
  }
}

const network = (width: number) => ({ architecture: { name: 'mlp', hidden: [width] } })

/** The power of two next to the root of the rows. */
const nextToRoot = (rows: number): number => 2 ** Math.round(Math.log2(Math.sqrt(rows)))

/**
 * A network and a training that grow with the root of the rows. On small tables with strange rows among them longer
 * training and wider layers learn to reconstruct those too: ROC AUC of cardio after 300, 600, 1,000 and 2,000 steps is
 * 0.91, 0.88, 0.87 and 0.80 by the ELBO.
 */
const detector = (rows: number): TrainingDefaults => ({
  ...network(clamp(nextToRoot(rows), 64, 512)),
  steps: clamp(Math.round(25 * Math.sqrt(rows)), 1250, 20_000),
  batch: clamp(Math.floor(rows / 3), 8, 128),
})

/**
 * Trains until the held-out ELBO stops rising, by rates that begin high, since a column that follows from others wants a
 * small σ, and fall. Best held-out ELBO by width and first rate, on sets that no published figure of ours is of:
 *
 * | | 64, .002 | 128, .002 | 256, .002 | 128, .005 | 128 and 128, .002 |
 * |---|---|---|---|---|---|
 * | saheart, 370 rows | −11.10 | −11.18 | −11.23 | −11.13 | −11.34 |
 * | wage2, 748 rows | −13.80 | −13.41 | −14.71 | −14.52 | −14.51 |
 * | concrete, 824 rows | −7.35 | −6.80 | −6.84 | −6.44 | −5.41 |
 */
function density(rows: number): TrainingDefaults {
  const steps = clamp(Math.round(200 * Math.sqrt(rows)), 20_000, 40_000)
  return {
    ...network(clamp(2 * nextToRoot(rows), 128, 512)),
    steps,
    short: detector(rows).steps,
    batch: clamp(Math.floor(rows / 10), 8, 128),
    patience: Math.round(steps / 8),
    rates: [0.004, 0.0005],
  }
}

const clamp = (x: number, least: number, most: number): number => Math.min(Math.max(x, least), most)
