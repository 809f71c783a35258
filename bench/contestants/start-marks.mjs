/**
 * Loaded before a program of this package, says on stderr when that first opens a data file, so that what is
 * needed before can be told apart without a change to the program.
 */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

let said = false
const open = fs.promises.open
fs.promises.open = (path, ...rest) => {
  if (!said && String(path).endsWith('-ubyte')) {
    said = true
    fs.writeSync(2, 'mark: data\n')
  }
  return open(path, ...rest)
}
syncBuiltinESMExports()
