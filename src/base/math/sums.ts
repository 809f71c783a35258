/** The sum of some numbers. */
export function sumOf(numbers: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < numbers.length; i++) sum += numbers[i]
  return sum
}

/** The mean of some numbers. */
export const meanOf = (numbers: ArrayLike<number>): number => sumOf(numbers) / numbers.length

/** Inner product of two columns of one length. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}

/** The smallest and the largest number; [∞, −∞] of none. */
export function rangeOf(numbers: ArrayLike<number>): readonly [low: number, high: number] {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (let i = 0; i < numbers.length; i++) {
    if (numbers[i] < low) low = numbers[i]
    if (numbers[i] > high) high = numbers[i]
  }
  return [low, high]
}
