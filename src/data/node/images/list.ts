import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fail } from '../../../base/errors.ts'
import { fileNameOf } from '../../file-name.ts'

/** What the names of images end with; what is inside decides how they are read. */
const IMAGE = /\.(png|jpe?g|webp|avif|tiff?|gif)$/i

/** The images of one set, in the order of their names. */
export interface ImageList {
  /** Paths in the folder, with slashes. */
  readonly files: readonly string[]
  /** The subfolder of each image, as its place among all of them by name; absent where images are in none. */
  readonly labels?: Int32Array
}

/** Images, each with the subfolder that it is in. */
type Listed = readonly { readonly file: string; readonly subfolder?: string }[]

/**
 * Lists the images of a folder: those in it, or those in its subfolders, which then are classes.
 *
 * Subfolders `train` and `test` are two sets, each listed in this way. Names that begin with a dot are passed over.
 * Undefined where there is no image. Error: `data/image-folder` where images are both in it and in subfolders.
 */
export async function listImages(
  folder: string,
): Promise<{ readonly train: ImageList; readonly test?: ImageList } | undefined> {
  const { folders } = await contentsOf(folder)
  const train = folders.includes('train') ? await listSet(folder, 'train/') : []
  if (train.length > 0) {
    const test = folders.includes('test') ? await listSet(folder, 'test/') : []
    const numbered = numbering([...train, ...test])
    return { train: numbered(train), ...(test.length > 0 ? { test: numbered(test) } : {}) }
  }
  const all = await listSet(folder, '')
  return all.length > 0 ? { train: numbering(all)(all) } : undefined
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

/** Numbers subfolders by their names, the same in every set. */
function numbering(all: Listed): (set: Listed) => ImageList {
  const classes = [...new Set(all.map(({ subfolder }) => subfolder))].sort()
  const places = new Map(classes.map((name, place) => [name, place]))
  return (set) => ({
    files: set.map(({ file }) => file),
    ...(classes.includes(undefined)
      ? {}
      : { labels: Int32Array.from(set, ({ subfolder }) => places.get(subfolder) as number) }),
  })
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
    images: names(false)
      .filter((name) => IMAGE.test(name))
      .sort(),
    folders: names(true).sort(),
  }
}
