/** A way in which the numbers of a column are written. */
export interface Writing {
  /** NaN for texts that are not written so. */
  read(text: string): number
  write(value: number): string
}
