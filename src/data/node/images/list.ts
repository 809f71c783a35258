import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fail } from '../../../base/errors.ts'
import { fileNameOf } from '../../file-name.ts'

/** What the names of images end with; what is inside decides how they are read. */
const IMAGE = /\.(png|jpe?g|webp|avif|tiff?|gif)$/i

/** Whether a file is taken for an image, by its name. */
export const isImageName = (name: string): boolean => IMAGE.test(name)

/** The images of one set, in the order of their names. */
export interface ImageList {
  /** Paths in the folder, with slashes. */
  readonly files: readonly string[]
  /** The subfolder of each image, as its place among all of them by name; absent where images are in none. */
  readonly labels?: Int32Array
}

/** Images, each with the subfolder that it is in. */
type Listed = readonly { readonly file: string; readonly subfolder?: string }[]

/** The images of a folder, divided as its subfolders say. */
export interface ImageSets {
  readonly train: ImageList
  readonly validation?: ImageList
  readonly test?: ImageList
  /** Names of the subfolders that are classes, in their order. */
  readonly classes?: readonly string[]
}

/** What the subfolder of a validation set is called. */
const VALIDATION = ['val', 'valid', 'validation']

/**
 * Lists the images of a folder: those in it, or those in its subfolders, which then are classes.
 *
 * Subfolders `train`, `val` or `validation`, and `test` are sets, each listed in this way. Names that begin with a dot
 * are passed over. Undefined where there is no image. Error: `data/image-folder` where images are both in it and in
 * subfolders.
 */
export async function listImages(folder: string): Promise<ImageSets | undefined> {
  const { folders } = await contentsOf(folder)
  const listed = async (name: string | undefined) => (name === undefined ? [] : listSet(folder, `${name}/`))
  const named = (names: readonly string[]) => folders.find((name) => names.includes(name))
  const train = await listed(named(['train']))
  if (train.length > 0) {
    const validation = await listed(named(VALIDATION))
    const test = await listed(named(['test']))
    const { numbered, classes } = numbering([...train, ...validation, ...test])
    return {
      train: numbered(train),
      ...(validation.length > 0 ? { validation: numbered(validation) } : {}),
      ...(test.length > 0 ? { test: numbered(test) } : {}),
      ...(classes ? { classes } : {}),
    }
  }
  const all = await listSet(folder, '')
  if (all.length === 0) return undefined
  const { numbered, classes } = numbering(all)
  return { train: numbered(all), ...(classes ? { classes } : {}) }
}

async function listSet(folder: string, prefix: string): Promise<Listed> {
  const { images, folders } = await contentsOf(join(folder, prefix))
  const inside = await Promise.all(
    folders.map(async (subfolder) => {
      const inner = await contentsOf(join(folder, prefix, subfolder))
      return inner.images.map((image) => ({ file: `${prefix}${subfolder}/${image}`, subfolder }))
    }),
  )
  const classed = inside.flat()
  if (images.length > 0 && classed.length > 0)
    fail({
      code: 'data/image-folder',
      seen: `images both in "${fileNameOf(join(folder, prefix))}" and in its subfolder "${classed[0].subfolder}"`,
      wanted: 'all in the folder, or all in subfolders, one for each class',
      fix: 'move them, or name one of the subfolders',
      usage: true,
    })
  return images.length > 0 ? images.map((image) => ({ file: prefix + image })) : classed
}

/** Numbers subfolders by their names, the same in every set; classes are none where an image is in none. */
function numbering(all: Listed) {
  const names = [...new Set(all.map(({ subfolder }) => subfolder))].sort()
  const classes = names.filter((name) => name !== undefined)
  const areClasses = classes.length === names.length
  const places = new Map(names.map((name, place) => [name, place]))
  const numbered = (set: Listed): ImageList => ({
    files: set.map(({ file }) => file),
    ...(areClasses
      ? { labels: Int32Array.from(set, ({ subfolder }) => places.get(subfolder) as number) }
      : {}),
  })
  return { numbered, classes: areClasses ? classes : undefined }
}

/** Images and folders by name, sorted so that every machine sees them in the same order. */
async function contentsOf(path: string): Promise<{ images: string[]; folders: string[] }> {
  const entries = (await readdir(path, { withFileTypes: true })).filter(({ name }) => !name.startsWith('.'))
  const isFolder = await Promise.all(
    entries.map(async (entry) =>
      entry.isSymbolicLink()
        ? ((await stat(join(path, entry.name)).catch(() => undefined))?.isDirectory() ?? false)
        : entry.isDirectory(),
    ),
  )
  const names = (folders: boolean) =>
    entries.filter((_, i) => isFolder[i] === folders).map(({ name }) => name)
  return {
    images: names(false).filter(isImageName).sort(),
    folders: names(true).sort(),
  }
}
