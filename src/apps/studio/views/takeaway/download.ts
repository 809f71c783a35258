/** Saves files as written pages do. */
export { download } from '../../../../inside.page.ts'

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
