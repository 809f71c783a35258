/** Mean, standard deviation (ddof 0) and skewness of numbers; 0 where they do not vary. */
export interface Moments {
  readonly mean: number
  readonly deviation: number
  readonly skewness: number
}

export function momentsOf(values: ArrayLike<number>): Moments {
  const count = values.length
  if (count === 0) return { mean: 0, deviation: 0, skewness: 0 }
  let mean = 0
  for (let i = 0; i < count; i++) mean += (values[i] - mean) / (i + 1)
  // In units of the largest distance, so that no power leaves the range of a double.
  let reach = 0
  for (let i = 0; i < count; i++) reach = Math.max(reach, Math.abs(values[i] - mean))
  if (reach === 0) return { mean, deviation: 0, skewness: 0 }
  let squares = 0
  let cubes = 0
  for (let i = 0; i < count; i++) {
    const away = (values[i] - mean) / reach
    squares += away * away
    cubes += away * away * away
  }
  const spread = Math.sqrt(squares / count)
  return { mean, deviation: spread * reach, skewness: cubes / count / spread ** 3 }
}

/** How a number becomes a standardized one: (x − center) / scale. */
export interface Standardizing {
  readonly center: number
  readonly scale: number
}

/** A spread this small beside the mean is rounding. */
const LEAST_SPREAD = 1e-12

/** To mean 0 and standard deviation 1; numbers that do not vary are only shifted. */
export const standardizing = ({ mean, deviation }: Pick<Moments, 'mean' | 'deviation'>): Standardizing => ({
  center: mean,
  scale: deviation > LEAST_SPREAD * Math.abs(mean) ? deviation : 1,
})
