/** What the folders that images lie in say of them. */

/** Folders that divide data sets and are no classes. */
const SETS = ['train', 'val', 'valid', 'validation', 'test']

export interface ImageFolder {
  /** Places of the images, by their paths. */
  readonly order: readonly number[]
  /** What the folder that all lie in is called; absent where they lie in none. */
  readonly name?: string
  /** Names of the subfolders, and which each image is in, in that order; absent where they divide nothing. */
  readonly classes?: readonly string[]
  readonly labels?: Int32Array
}

/** The order of images, so that the same folder is the same data whoever lists it, and their subfolders as classes. */
export function imageFolderOf(paths: readonly string[]): ImageFolder {
  const order = Array.from(paths.keys()).sort((a, b) => (paths[a] < paths[b] ? -1 : 1))
  const folders = order.map((place) => paths[place].split('/').slice(0, -1))
  const shared = sharedLength(folders)
  const name = folders[0]?.[shared - 1]
  const subfolders = folders.flatMap((folder) => folder.slice(shared).at(-1) ?? [])
  const classes = [...new Set(subfolders)].sort()
  const areClasses =
    subfolders.length === folders.length && classes.length > 1 && !classes.every((own) => SETS.includes(own))
  return {
    order,
    ...(name && { name }),
    ...(areClasses && {
      classes,
      labels: Int32Array.from(subfolders, (own) => classes.indexOf(own)),
    }),
  }
}

/** Folders from the outermost inwards that all have. */
function sharedLength(folders: readonly (readonly string[])[]): number {
  const [first = []] = folders
  const differs = first.findIndex((name, depth) => folders.some((folder) => folder[depth] !== name))
  return differs < 0 ? first.length : differs
}
