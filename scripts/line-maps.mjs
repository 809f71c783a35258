/** Source maps that tell lines and no columns: a third of the size, and all that a stack trace is read for. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decode, encode } from '@jridgewell/sourcemap-codec'

/** Shortens every map in a folder. */
export function shortenMaps(folder) {
  for (const name of readdirSync(folder)) {
    if (!name.endsWith('.map')) continue
    const path = join(folder, name)
    const map = JSON.parse(readFileSync(path, 'utf8'))
    const mappings = encode(decode(map.mappings).map(whereLinesChange))
    writeFileSync(path, JSON.stringify({ ...map, names: [], mappings }))
  }
}

/** Of a line of code the segments with which another line of the sources begins. */
function whereLinesChange(segments) {
  let [lastFile, lastLine] = [-1, -1]
  return segments.flatMap(([column, file, line]) => {
    if (file === lastFile && line === lastLine) return []
    ;[lastFile, lastLine] = [file, line]
    return [file === undefined ? [column] : [column, file, line, 0]]
  })
}
