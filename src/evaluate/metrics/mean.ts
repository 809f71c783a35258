/** The mean of some numbers. */
export const meanOf = (numbers: ArrayLike<number>): number => sumOf(numbers) / numbers.length

/** The sum of some numbers. */
export function sumOf(numbers: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < numbers.length; i++) sum += numbers[i]
  return sum
}
