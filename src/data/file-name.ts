/** The last part of a path. */
export const fileNameOf = (path: string): string =>
  path.split(/[\\/]/).findLast((part) => part !== '') ?? path

const PACKED = /\.(gz|zst|zip)$/i

/** A file's name without the ending that says how it is packed. */
export const unpackedName = (file: string): string => file.replace(PACKED, '')

/** What a data set from this file is called: the file's name without how it is packed and its extension. */
export const dataNameOf = (path: string): string =>
  unpackedName(fileNameOf(path)).replace(/(?<=.)\.[^.]*$/, '')
