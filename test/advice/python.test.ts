/** What errors about files of Python say to do in Python, done there: the file that it gives is read. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { BetavaeError } from '../../src/base/errors.ts'
import { openData } from '../../src/data/node/open.ts'
import { findPython, runPython } from '../python/python.ts'
import { PYTHON } from './names.ts'

const python = findPython(['numpy'])

const folder = await mkdtemp(join(tmpdir(), 'betavae-advice-'))
afterAll(() => rm(folder, { recursive: true }))

/** What parts of a program there are for, by name, and which of them were done; one that lacks a module is not. */
function done(parts: Readonly<Record<string, string>>): string[] {
  const program = `import json, numpy, numpy.lib.recfunctions, shutil
done = []
for name, code in json.loads(${JSON.stringify(JSON.stringify(parts))}).items():
    try:
        exec(code, globals())
        done.append(name)
    except ImportError:
        pass
print(json.dumps(done))`
  return runPython(python as string, folder, ['-W', 'ignore', '-c', program]) as string[]
}

const isArray = (file: string): boolean => file.endsWith('.npy')

async function refusalOf(file: string): Promise<BetavaeError> {
  const error: unknown = await openData(join(folder, file), { table: !isArray(file) }).catch(
    (thrown) => thrown,
  )
  expect(error, file).toBeInstanceOf(BetavaeError)
  return error as BetavaeError
}

/** Expressions of Python in a text, in their order; the longest that is known at each place. */
function expressionsIn(text: string): string[] {
  const found: [at: number, words: string][] = []
  let rest = text
  for (const words of PYTHON.toSorted((a, b) => b.length - a.length)) {
    const at = rest.indexOf(words)
    if (at >= 0) found.push([at, words])
    rest = rest.replace(words, '·'.repeat(words.length))
  }
  return found.sort(([a], [b]) => a - b).map(([, words]) => words)
}

const frame = 'pandas.DataFrame({"a": [1.5, 2, 3] * 20, "b": ["x", "y", "z"] * 20})'
const array = (made: string) => (file: string) => `numpy.save("${file}", ${made})`
const table = (made: string) => () => `import pandas\n${made}`

/** Files that are refused: what makes each, and the error. */
const FILES: Readonly<Record<string, readonly [made: (file: string) => string, code: string]>> = {
  'texts.npy': [array('numpy.array(["b", "a", "b"] * 20)'), 'npy/type'],
  'bytes.npy': [array('numpy.array([b"b", b"a", b"b"] * 20)'), 'npy/type'],
  'objects.npy': [array('numpy.array([1, 2.5, 3] * 20, dtype=object)'), 'npy/type'],
  'complex.npy': [array('numpy.ones((60, 3), dtype="complex64")'), 'npy/type'],
  'dates.npy': [array('numpy.array(["2020-01-01", "2021-06-01"] * 20, dtype="datetime64[ns]")'), 'npy/type'],
  'spans.npy': [array('numpy.array([1, 2] * 20, dtype="timedelta64[h]")'), 'npy/type'],
  'wide.npy': [array('numpy.ones((60, 3), dtype="longdouble")'), 'npy/type'],
  'large.npy': [array('numpy.full((60, 3), 2**60)'), 'npy/integer-range'],
  'fields.npy': [array('numpy.ones(60, dtype=[("a", "f4"), ("b", "i4")])'), 'npy/header'],
  'page.html': [table(`import lxml\n${frame}.to_html("page.html", index=False)`), 'table/foreign'],
  'old.dta': [table(`${frame}.to_stata("old.dta", write_index=False)`), 'table/foreign'],
  'new.dta': [table(`${frame}.to_stata("new.dta", write_index=False, version=118)`), 'table/foreign'],
  'table.pkl': [table(`${frame}.to_pickle("table.pkl")`), 'table/foreign'],
  'table.h5': [table(`${frame}.to_hdf("table.h5", key="t")`), 'table/foreign'],
  'table.arff': [
    table(
      'import scipy\nopen("table.arff", "w").write("@relation t\\n@attribute a numeric\\n@data\\n" + "1\\n2\\n" * 20)',
    ),
    'table/foreign',
  ],
}

/** What the first advice in a fix comes to in Python, for a file; the file that it gives, and whether that is a table. */
function asAdvised(file: string, fix: string): { readonly code: string; readonly given: string } {
  const [first, second] = expressionsIn(fix)
  const given = `mended-${file}${isArray(file) ? '' : '.csv'}`
  if (isArray(file))
    return {
      code: `array = numpy.load("${file}", allow_pickle=True)\nfixed = ${first}\nnumpy.save("${given}", fixed.reshape(len(fixed), -1))`,
      given,
    }
  return {
    code: `import pandas, scipy.io.arff\nshutil.copy("${file}", "file")\n${first}${second}\nshutil.move("table.csv", "${given}")`,
    given,
  }
}

test.skipIf(!python)('files that Python wrote are read as the errors about them advise', async () => {
  const made = done(Object.fromEntries(Object.entries(FILES).map(([file, [make]]) => [file, make(file)])))
  expect(made.filter(isArray)).toHaveLength(9)
  const advised: Record<string, { readonly code: string; readonly given: string }> = {}
  for (const file of made) {
    const { code, fix } = await refusalOf(file)
    expect(code, file).toBe(FILES[file][1])
    advised[file] = asAdvised(file, fix)
  }
  const mended = done(Object.fromEntries(Object.entries(advised).map(([file, { code }]) => [file, code])))
  expect(mended.filter(isArray)).toHaveLength(9)
  for (const file of mended) {
    const { count } = await openData(join(folder, advised[file].given), { table: !isArray(file) })
    expect(count, file).toBeGreaterThan(30)
  }
})

test.skipIf(!python)('an array of fields becomes a table, too', async () => {
  const fields = 'numpy.array([("x", 1.5), ("y", 2)] * 30, dtype=[("a", "U3"), ("b", "f4")])'
  done({ fields: `numpy.save("both.npy", ${fields})` })
  const [, made, written] = expressionsIn((await refusalOf('both.npy')).fix)
  if (done({ table: `import pandas\narray = numpy.load("both.npy")\n${made}${written}` }).length > 0)
    expect((await openData(join(folder, 'table.csv'), { table: true })).count).toBe(60)
})

test.skipIf(!python)('every function of Python that a fix names is there', () => {
  const named = PYTHON.flatMap(
    (expression) => /(?:numpy|pandas|pyarrow)(?:\.[a-z_]\w*)+/i.exec(expression)?.[0] ?? [],
  )
  const paths = [...new Set(named)]
  const looked = done(
    Object.fromEntries(
      paths.map((path) => {
        const [top] = path.split('.')
        return [path, `import ${top}\nimport ${top === 'pyarrow' ? 'pyarrow.feather' : top}\n${path}`]
      }),
    ),
  )
  expect(looked.filter((path) => path.startsWith('numpy'))).toEqual(
    paths.filter((path) => path.startsWith('numpy')),
  )
})
