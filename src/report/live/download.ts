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
