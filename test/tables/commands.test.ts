/** The commands for tables, as a person with a CSV uses them. */
import { readFile, rename, writeFile } from 'node:fs/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { inProcess, temporaryFolder } from '../../src/apps/cli/running.testing.ts'
import { fillNormal } from '../../src/base/random.ts'

const folder = await temporaryFolder()
const noise = fillNormal(new Float32Array(4000), { seed: 3, stream: 1002, step: 0 })

/** Plants of three kinds whose sizes go together; some cells are empty, and of `every` rows one does not belong. */
function plants(count: number, first = 0, every = 25): string {
  const kinds = ['fern', 'moss', 'reed']
  const lines = Array.from({ length: count }, (_, i) => {
    const at = (first + i) * 4
    const kind = (first + i) % 3
    const odd = i % every === every - 1
    const height = 10 + 8 * kind + noise[at % 4000]
    const width = odd ? 40 - height : height / 2 + noise[(at + 1) % 4000] / 2
    const leaf = i % 10 === 3 ? '' : width.toFixed(2)
    return `${i},${i % 12 === 5 ? 'NA' : kinds[kind]},${height.toFixed(2)},${leaf},${i % 2 === 0 ? 'yes' : 'no'},${odd ? 1 : 0}`
  })
  return `${['id,kind,height,width,wild,odd', ...lines].join('\n')}\n`
}

beforeAll(async () => {
  process.chdir(folder.path)
  await writeFile('plants.csv', plants(600, 0, Number.POSITIVE_INFINITY))
  await writeFile('new.csv', plants(200, 700))
  const train = [
    'train',
    'plants.csv',
    '--exclude',
    'odd',
    '--steps',
    '2500',
    '--threads',
    '1',
    '--no-report',
  ]
  expect((await inProcess(...train, '--out', 'run')).code).toBe(0)
})

test('inspect says what each column is', async () => {
  const { code, out } = await inProcess('inspect', 'plants.csv', '--json')
  expect(code).toBe(0)
  const kinds = JSON.parse(out).columns.map(
    ({ name, kind }: { name: string; kind: string }) => `${name} ${kind}`,
  )
  expect(kinds).toEqual([
    'id identifier',
    'kind categorical',
    'height real',
    'width real',
    'wild binary',
    'odd constant',
  ])
  const { out: text } = await inProcess('inspect', 'plants.csv', '--exclude', 'odd,id')
  expect(text).toMatch(/kind\s+categorical\s+8\.3% missing/)
  expect(text).not.toContain('odd')
})

describe('score', () => {
  test('finds rows that do not belong, says why, and judges itself beside other detectors', async () => {
    const { code, out } = await inProcess('score', 'run', 'new.csv', '--label', 'odd', '--json')
    expect(code).toBe(0)
    const { rows, rocAuc, averagePrecision, baselines, scores } = JSON.parse(out)
    expect(rows).toBe(200)
    expect(rocAuc).toBeGreaterThan(0.8)
    expect(averagePrecision).toBeGreaterThan(0.5)
    expect(Object.keys(baselines)).toContain('isolationForest')
    const odd = scores.filter(({ row }: { row: number }) => row % 25 === 0)
    expect(odd).toHaveLength(8)
    const sizes = odd.filter(({ cause }: { cause: { column: string } }) => /width|height/.test(cause.column))
    expect(sizes.length).toBeGreaterThan(4)
    expect(odd.filter(({ p }: { p: number }) => p < 0.2).length).toBeGreaterThan(4)
    for (const { foundBy } of scores) expect(foundBy).toMatch(/^[a-z ,]+$/)
    // The score is the rarity of the row among training rows, the greater the stranger, whichever detector found it.
    const least = Math.min(...odd.map(({ score }: { score: number }) => score))
    expect(scores.filter(({ score }: { score: number }) => score >= least).length).toBeLessThan(100)
  })

  test('makes a page of the rows found, which asks for nothing and trusts no cell', async () => {
    const [head, ...lines] = plants(200, 700).trimEnd().split('\n')
    const named = [`${head},note`, ...lines.map((line) => `${line},<b>seen</b>`)]
    await writeFile('noted.csv', `${named.join('\n')}\n`)
    const asked = ['--html', 'found.html', '--label', 'odd', '--false-alarm', '0.05', '--top', '12']
    const { code, err } = await inProcess('score', 'run', 'noted.csv', ...asked, '--out', 'found.csv')
    expect(code, err).toBe(0)
    const page = await readFile('found.html', 'utf8')
    const [names, ...most] = (await readFile('found.csv', 'utf8')).trimEnd().split('\n')
    const ofAll = (name: string) => most.map((line) => line.split(',')[names.split(',').indexOf(name)])
    const rows = [...page.matchAll(/<b>row <span data-number="row">(\d+)<\/span><\/b>/g)].map(
      ([, row]) => row,
    )
    expect(rows).toEqual(ofAll('row'))
    const finders = [...page.matchAll(/<span class="found-by"[^>]*>([^<]+)<\/span>/g)].map(
      ([, finder]) => finder,
    )
    expect(finders).toEqual(ofAll('foundBy'))
    expect(rows).toHaveLength(12)
    expect(page.match(/<li class="flagged">/g)).toHaveLength(
      Math.min(12, Number(/(\d+) flagged/.exec(page)?.[1])),
    )
    expect(page).toContain('isolationForest')
    expect(page).toContain('&#60;b&#62;seen&#60;/b&#62;')
    expect(page).not.toMatch(/<b>seen|NaN|undefined|(?:src|href)="http/)
    expect(page).toContain(
      'npx betavae score run noted.csv --html found.html --label odd --false-alarm 0.05 --top 12 --out found.csv',
    )
  })

  test('knows what is usual without the table it was trained on', async () => {
    const ask = ['score', 'run', 'new.csv', '--false-alarm', '0.05', '--json']
    const withTable = await inProcess(...ask)
    await rename('plants.csv', 'moved.csv')
    try {
      expect(await inProcess(...ask)).toEqual(withTable)
    } finally {
      await rename('moved.csv', 'plants.csv')
    }
  })

  test('flags by a promised false-alarm rate, and lists the strangest', async () => {
    const { out, err } = await inProcess('score', 'run', 'new.csv', '--false-alarm', '0.05', '--top', '3')
    const [head, ...lines] = out.trim().split('\n')
    expect(head).toBe('score,reconstruction,kl,elbo,row,p,flagged,column,seen,expected,nats,foundBy')
    expect(lines).toHaveLength(3)
    expect(lines.every((line) => line.includes(',true,'))).toBe(true)
    expect(err).toMatch(/^\d+ of 200 rows, [\d.]+%, score above [\d.]+\n$/)
  })

  test('a rate that too few held-out rows can promise is refused', async () => {
    const { code, err } = await inProcess('score', 'run', 'new.csv', '--false-alarm', '0.001')
    expect(code).not.toBe(0)
    expect(err).toContain('[anomaly/calibration-size]')
  })

  test('a row’s numbers do not depend on how it comes', async () => {
    await inProcess('score', 'run', 'new.csv', '--out', 'scores.csv')
    const lines = (await readFile('scores.csv', 'utf8')).trim().split('\n')
    expect(lines).toHaveLength(201)
    const text = (await readFile('new.csv', 'utf8')).split('\n')
    const moved = text.slice(0, 8).map((line) => line.split(',').reverse().join(','))
    await writeFile('moved.csv', `${moved.join('\n')}\n`)
    const { out } = await inProcess('score', 'run', 'moved.csv')
    const few = out.trim().split('\n')
    few.slice(1).forEach((line, at) => {
      const [ours, theirs] = [line, lines[at + 1]].map((each) => each.split(',').slice(0, 4).map(Number))
      ours.forEach((x, k) => {
        expect(x).toBeCloseTo(theirs[k], 4)
      })
    })
  })

  test.each([
    ['a level that training never saw', 'kind,height,width,wild\nrose,10,5,maybe\n', 'table/unseen-level'],
    ['a column that is not there', 'kind,height,wild\nfern,10,yes\n', 'table/columns'],
    ['a row with a cell too many', 'kind,height,width,wild\nfern,10,5,yes\nfern,1,2,no,1\n', 'csv/ragged'],
    ['text for a number', 'kind,height,width,wild\nfern,tall,5,yes\n', 'table/cell'],
    ['a NUL byte', 'kind,height,width,wild\nfern,1\0,5,yes\n', 'table/nul'],
  ])('%s is refused, and nothing is written', async (_, text, wanted) => {
    await writeFile('bad.csv', text)
    const { code, err } = await inProcess(
      ...['score', 'run', 'bad.csv', '--unseen', 'error', '--out', 'bad-scores.csv'],
    )
    expect(code).not.toBe(0)
    expect(err).toContain(`[${wanted}]`)
    await expect(readFile('bad-scores.csv')).rejects.toThrow('ENOENT')
  })

  test('a row of gaps alone has a score', async () => {
    await writeFile('gaps.csv', 'kind,height,width,wild\n,,,\n')
    const { code, out } = await inProcess('score', 'run', 'gaps.csv', '--json')
    expect(code).toBe(0)
    expect(Number.isFinite(JSON.parse(out).scores[0].score)).toBe(true)
  })
})

test('impute fills the gaps and leaves the rest as it was', async () => {
  const { code } = await inProcess('impute', 'new.csv', '--run', 'run', '--out', 'filled.csv')
  expect(code).toBe(0)
  const cells = async (file: string) =>
    (await readFile(file, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => line.split(','))
  const [given, filled] = [await cells('new.csv'), await cells('filled.csv')]
  expect(filled).toHaveLength(given.length)
  let right = 0
  let gaps = 0
  given.forEach((row, i) => {
    row.forEach((cell, j) => {
      if (cell !== '' && cell !== 'NA') expect(filled[i][j]).toBe(cell)
      else expect(filled[i][j]).not.toBe(cell)
    })
    if (row[1] !== 'NA') return
    gaps++
    right += Number(filled[i][1] === ['fern', 'moss', 'reed'][(700 + i - 1) % 3])
  })
  // Heights tell the kinds apart.
  expect(right / gaps).toBeGreaterThan(0.8)
})

test('impute writes a table as it came: its separator, its lists and what its model does not know', async () => {
  const text = await readFile('new.csv', 'utf8')
  await writeFile('semi.csv', text.replaceAll(',', ';').replace('id;', ';'))
  expect((await inProcess('impute', 'semi.csv', '--run', 'run', '--out', 'semi-filled.csv')).code).toBe(0)
  const lines = (await readFile('semi-filled.csv', 'utf8')).split('\n')
  const filled = (await readFile('filled.csv', 'utf8')).split('\n')
  expect(lines).toEqual(filled.map((line) => line.replaceAll(',', ';').replace('id;', ';')))
  const rows = [
    '{"tags": [1, "x"], "kind": "fern", "height": 10.50, "width": null, "wild": "yes", "at": {"x": 1}}',
    '{"tags": [], "kind": null, "height": 18.0, "width": 9.25, "wild": "no", "at": null}',
  ]
  await writeFile('rows.jsonl', rows.join('\n'))
  expect((await inProcess('impute', 'rows.jsonl', '--run', 'run', '--out', 'out.jsonl')).code).toBe(0)
  const [first, second] = (await readFile('out.jsonl', 'utf8')).split('\n')
  expect(first).toMatch(
    /^\{"tags": \[1, "x"\], "kind": "fern", "height": 10.50, "width": [\d.]+, "wild": "yes", "at": \{"x": 1\}\}$/,
  )
  expect(second).toMatch(/^\{"tags": \[\], "kind": "(fern|moss|reed)", "height": 18.0, "width": 9.25,/)
  const made = await inProcess('synthesize', 'run', '--rows', '2', '--no-report', '--separator', ';')
  expect(made.out.split('\n')[0]).toBe('id;kind;height;width;wild')
})

test('multiple imputation differs where something is missing, and only there', async () => {
  const { code } = await inProcess('impute', 'new.csv', '--run', 'run', '--samples', '2', '--out', 'many.csv')
  expect(code).toBe(0)
  const [one, two] = await Promise.all(['many.1.csv', 'many.2.csv'].map((file) => readFile(file, 'utf8')))
  const given = (await readFile('new.csv', 'utf8')).split('\n')
  const differing = one.split('\n').flatMap((line, i) => (line === two.split('\n')[i] ? [] : [i]))
  expect(differing.length).toBeGreaterThan(5)
  expect(differing.every((i) => /,,|,NA,/.test(given[i]))).toBe(true)
})

test('synthesize makes rows of the same kinds, and says how like they are', async () => {
  const { code, out } = await inProcess(
    'synthesize',
    'run',
    '--rows',
    '300',
    '--out',
    'new-plants.csv',
    '--json',
  )
  expect(code).toBe(0)
  const [head, ...lines] = (await readFile('new-plants.csv', 'utf8')).trim().split('\n')
  // All columns of the table, in its order; nobody's name is made up.
  expect(head).toBe('id,kind,height,width,wild')
  expect(lines).toHaveLength(300)
  for (const line of lines) expect(line).toMatch(/^,(fern|moss|reed|NA),[\d.]+,[\d.-]*,(yes|no)$/)
  const { twoSample, copies } = JSON.parse(out)
  expect(twoSample.auc).toBeLessThan(0.9)
  // Two decimals and a gap: one in hundreds may come out alike by chance.
  expect(copies.synthetic).toBeLessThan(3)
})

test('the page of new rows gives the command again, with all that decides which rows they are', async () => {
  const given = [
    ...['synthesize', 'run', '--rows', '40', '--seed', '3', '--from', 'prior', '--rule', 'height > 0'],
    ...[
      '--unique',
      'height',
      '--no-rules',
      '--identifiers',
      'new',
      '--out',
      'ruled.csv',
      '--html',
      'ruled.html',
    ],
  ]
  const { code, err } = await inProcess(...given)
  expect(code, err).toBe(0)
  const [, command] =
    /<pre class="command"><code>npx betavae ([^<]*)</.exec(await readFile('ruled.html', 'utf8')) ?? []
  expect(command).toBe(given.join(' ').replace('height > 0', '&#39;height &#62; 0&#39;'))
})

test('a page of a comparison that is not to be made is refused before rows are', async () => {
  const { code, err } = await inProcess(
    'synthesize',
    'run',
    '--no-report',
    '--html',
    'no.html',
    '--out',
    'no.csv',
  )
  expect(code).toBe(2)
  expect(err).toContain('--html no.html beside --no-report')
  expect(await readFile('no.csv').catch(() => 'none')).toBe('none')
})

test('sample and reconstruct give cells back', async () => {
  await inProcess('sample', 'run', '--count', '5', '--out', 'sample.csv')
  const [head, first] = (await readFile('sample.csv', 'utf8')).split('\n')
  expect(head).toBe('kind,height,width,wild')
  expect(first).toMatch(/^(fern|moss|reed),/)
})
