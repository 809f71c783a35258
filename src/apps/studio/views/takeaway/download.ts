/** Saves files from memory, without a request. */

interface Saved {
  readonly name: string
  readonly type: string
  readonly bytes: BlobPart
}

/** Hands a file to the browser's downloads. */
export function download({ name, type, bytes }: Saved): void {
  const address = URL.createObjectURL(new Blob([bytes], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The download has begun by then; an address that is given back at once would break it.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

const UNITS = ['bytes', 'kB', 'MB', 'GB']

/** A size as people read it: `512 bytes`, `1.4 MB`. */
export function sizeText(bytes: number): string {
  let unit = 0
  let size = bytes
  while (size >= 999.5 && unit < UNITS.length - 1) {
    size /= 1000
    unit++
  }
  return `${unit === 0 || size >= 99.5 ? Math.round(size) : size.toFixed(1)} ${UNITS[unit]}`
}
