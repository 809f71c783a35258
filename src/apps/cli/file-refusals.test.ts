import { existsSync } from 'node:fs'
import { cp, readFile, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ndarray } from '../../base/arrays.ts'
import { writeNpy } from '../../data/formats/npy.ts'
import { inProcess, leaveFor, refusals, temporaryFolder } from './running.testing.ts'

const SMALL = ['--latent', '2', '--hidden', '8', '--steps', '4', '--no-report']
const home = process.cwd()
const folder = await temporaryFolder()

beforeAll(async () => {
  process.chdir(folder.path)
  expect((await inProcess('train', 'digits', ...SMALL, '--out', 'done')).code).toBe(0)
  await writeFile('text.csv', 'a,b\n1,2\n3,four\n')
  await writeFile('label.csv', 'a,b,label\n1,2,0\n3,4,1.5\n')
  await writeFile('three.csv', 'a,b,c\n1,2,3\n4,5,6\n7,8,10\n')
  await writeFile('one.csv', 'a,b\n1,2\n')
  await writeFile('bits.npy', writeNpy(ndarray(new Uint8Array(40).fill(1), [10, 2, 2])))
  await writeFile('data.bmp', 'BM')
  await writeFile('broken.json', '{"data": ')
  await writeFile('unknown.json', '{"data": {"source": "digits"}, "modle": {}}')
  await writeFile('file', '')
  await tornRun()
})

afterAll(async () => {
  await leaveFor(home)
  await folder.remove()
})

/** A run that was cut off while its checkpoint was written by something that tears files. */
async function tornRun(): Promise<void> {
  await cp('done', 'torn', { recursive: true })
  const log = join('torn', 'events.jsonl')
  const lines = (await readFile(log, 'utf8')).split('\n')
  await writeFile(log, lines.filter((line) => !line.includes('"kind":"end"')).join('\n'))
  await truncate(join('torn', 'checkpoints', 'last.safetensors'), 5000)
}

test('files that are missing or not what they should be', async () => {
  expect(
    await refusals(
      'train minst',
      'train ./missing.csv',
      'train missing.json',
      'train broken.json',
      'train unknown.json',
      'train text.csv',
      'train label.csv',
      'train three.csv --label class',
      'train one.csv',
      'train bits.npy --binarize dynamic',
      'train data.bmp',
      'train digits --out done',
      'train digits --out file',
      'train digits --out file/run',
      'evaluate missing',
      'resume missing',
      'resume torn',
      'encode done three.csv',
      'score done ./missing.csv',
      'sample done --out file/samples.png',
      'sample done --out .',
    ),
  ).toMatchInlineSnapshot(`
    "
    train minst
      2: unknown data set "minst"; wanted one of mnist, digits, dsprites, discs, or a file or folder. Fix: write mnist, or check the spelling; write ./name for a folder of that name. [data/unknown]
    train ./missing.csv
      2: no file or folder "./missing.csv"; wanted a .csv, .json, .xlsx, .parquet, .arrow, .npy, .npz or IDX file, a database, a folder of images, tables or IDX files, or one of mnist, digits, dsprites, discs. Fix: check the path. [data/missing]
    train missing.json
      2: no file "missing.json" to read (ENOENT); wanted a JSON file with a table, or with a recipe. Fix: check the path. [data/missing]
    train broken.json
      1: "broken.json" is not JSON (Unexpected end of JSON input); wanted a JSON document. Fix: restore the file or correct the place that is named. [files/json]
    train unknown.json
      2: a recipe with keys or a form that recipes do not have; wanted no "modle" there. Fix: compare it with the recipe.json of a run. [recipe/invalid]
    train text.csv
      2: 2 of 2 rows held out; wanted at least one row to train on. Fix: give more rows, or hold out less: --validation 0 --test 0 holds out none. [data/split-empty]
    train label.csv
      1: label.csv: label outside range: 1.5 at row 2, column "label"; wanted whole numbers from 0 to 65535. Fix: number the classes from 0, or name another label column. [data/label-range]
    train three.csv --label class
      2: no column "class"; wanted one of "a", "b", "c". Fix: name the column of classes. [data/label-column]
    train one.csv
      2: one.csv: nothing to model in "a", "b"; wanted a column whose values differ and recur. Fix: give a table with measurements or levels, or say of which kind a column is. [table/nothing]
    train bits.npy --binarize dynamic
      2: bytes that are all 0 or 1 in "bits", to be divided by 255; wanted bytes up to 255, or bits as they are. Fix: leave --scaling and --binarize out: the data are black and white already. [data/bits]
    train data.bmp
      2: data.bmp: a file of no format known here; wanted one of .npy, .npz, IDX, .csv, gzip or not. Fix: save the data in one of these formats. [data/format]
    train digits --out done
      2: "done" holds a run already; wanted a new or empty folder. Fix: choose another --out, or go on with: betavae resume done. [runs/exists]
    train digits --out file
      1: "file" could not be written (ENOTDIR: not a directory, scandir 'file'); wanted a place with room that may be written to. Fix: a part of the path is a file; choose another place. [files/write]
    train digits --out file/run
      1: "file/run" could not be written (ENOTDIR: not a directory, scandir 'file/run'); wanted a place with room that may be written to. Fix: a part of the path is a file; choose another place. [files/write]
    evaluate missing
      2: no recipe.json in "missing"; wanted the folder of a run. Fix: list the runs there are with: betavae runs. [runs/not-a-run]
    resume missing
      2: no recipe.json in "missing"; wanted the folder of a run. Fix: list the runs there are with: betavae runs. [runs/not-a-run]
    resume torn
      1: torn/checkpoints/last.safetensors: a safetensors file of 5000 bytes; wanted 22128 bytes. Fix: use an earlier copy of this file, or write it again. [safetensors/torn]
    encode done three.csv
      1: rows of shape [3, 3]; wanted [n, 1, 8, 8] with n of at least 1, as in training. Fix: give rows of the shape that the model was trained on. [infer/rows]
    score done ./missing.csv
      2: no file or folder "./missing.csv"; wanted a .csv, .json, .xlsx, .parquet, .arrow, .npy, .npz or IDX file, a database, a folder of images, tables or IDX files, or one of mnist, digits, dsprites, discs. Fix: check the path. [data/missing]
    sample done --out file/samples.png
      1: "file/samples.png" could not be written (EEXIST: file already exists, mkdir 'file'); wanted a place with room that may be written to. Fix: a part of the path is a file; choose another place. [files/write]
    sample done --out .
      2: --out .; wanted a file that ends in .png, .npy, .csv. Fix: write for example --out out.png. [cli/out-kind]
    "
  `)
})

test.skipIf(!existsSync('/dev/full'))('a full disk (skipped where there is no /dev/full)', async () => {
  await symlink('/dev/full', 'full.csv')
  const { code, err } = await inProcess('encode', 'done', 'digits', '--out', 'full.csv')
  expect({ code, err }).toMatchInlineSnapshot(`
    {
      "code": 1,
      "err": ""full.csv" could not be written (ENOSPC: no space left on device, write); wanted a place with room that may be written to. Fix: free some space or choose another place with --out. [files/write]
    ",
    }
  `)
})
