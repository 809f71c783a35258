/** The last part of a path. */
export const fileNameOf = (path: string): string =>
  path.split(/[\\/]/).findLast((part) => part !== '') ?? path

/** What a data set from this file is called: the file's name without `.gz` and its extension. */
export const dataNameOf = (path: string): string =>
  fileNameOf(path)
    .replace(/\.gz$/i, '')
    .replace(/(?<=.)\.[^.]*$/, '')
