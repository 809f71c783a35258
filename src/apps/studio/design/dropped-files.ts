/** A file, and where it lay in the folder that it came with. */
export interface PlacedFile {
  readonly file: File
  /** With slashes; of a file without a folder its name. */
  readonly path: string
}

/** Files that were chosen, singly or with their folder. */
export const filesChosen = (list: FileList | null): PlacedFile[] =>
  [...(list ?? [])].map((file) => ({ file, path: file.webkitRelativePath || file.name }))

/** Files of a drop, its folders opened up. Entries are gone once the event is over, so they are taken at once. */
export async function filesOfDrop(transfer: DataTransfer): Promise<PlacedFile[]> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? [])
  const files = filesChosen(transfer.files)
  return entries.length === 0 ? files : (await Promise.all(entries.map(filesOfEntry))).flat()
}

async function filesOfEntry(entry: FileSystemEntry): Promise<PlacedFile[]> {
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
    return [{ file, path: entry.fullPath.replace(/^\//, '') }]
  }
  const inside = await entriesOf((entry as FileSystemDirectoryEntry).createReader())
  return (await Promise.all(inside.map(filesOfEntry))).flat()
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile

/** A reader gives a hundred at a time, and none when there are no more. */
async function entriesOf(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (some.length === 0) return all
    all.push(...some)
  }
}
