/** The sum of some numbers. */
export function sumOf(numbers: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < numbers.length; i++) sum += numbers[i]
  return sum
}

/** The mean of some numbers. */
export const meanOf = (numbers: ArrayLike<number>): number => sumOf(numbers) / numbers.length

/** Inner product of two columns of one length. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}
