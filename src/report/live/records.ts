import type { ToldBins, ToldGaps, ToldHeat, ToldPlot, ToldStrips } from '../charts/told.ts'
import { placesOf, roundedTo, seriesOf, toldOf, valueAt } from './points.ts'

/** Cells by the names of their columns; not all have all. */
export type CellRecord = ReadonlyMap<string, string | number>

/** What a part of the page shows in numbers: its records, else its table, else its charts one after another. */
export function recordsOf(holder: Element): CellRecord[] {
  if (holder.matches('[data-records]')) return [...holder.children].map(fieldsOf)
  if (holder instanceof HTMLTableElement) return tableRecords(holder)
  const charts = [...holder.querySelectorAll('svg[data-told]')]
  const named = charts.map((chart) => ({
    of: charts.length > 1 ? partOf(chart) : '',
    records: chartRecords(chart),
  }))
  return named.flatMap(({ of, records }) =>
    of === '' ? records : records.map((record) => new Map([['of', of], ...record])),
  )
}

const textOf = (element: Element | null | undefined): string =>
  (element?.textContent ?? '').replace(/\s+/g, ' ').trim()

/** What a chart among others is called. */
const partOf = (chart: Element): string =>
  textOf(
    chart.closest('figure')?.querySelector('figcaption') ??
      chart.closest('li,article')?.querySelector('b,h3') ??
      chart.querySelector('title'),
  )

/** What pages write where there is no number. */
const MISSING = '–'

/** A number as people read it is one that programs read; every other text stands as it is. */
function plain(text: string): string {
  if (text === MISSING) return ''
  return /^−?\d[\d,]*(\.\d+)?(e[+-]?\d+)?( ?%)?$/.test(text)
    ? text.replace('−', '-').replaceAll(',', '')
    : text
}

/** Fields of a record: texts and numbers that are named so, and the cells of a list as they are in the data. */
function fieldsOf(item: Element): CellRecord {
  const record = new Map<string, string>()
  for (const field of item.querySelectorAll<HTMLElement>('[data-field],[data-number]')) {
    const { field: name, number } = field.dataset
    record.set(name ?? number ?? '', number === undefined ? textOf(field) : plain(textOf(field)))
  }
  for (const head of item.querySelectorAll('dt')) {
    const name = head.textContent ?? ''
    const text = head.nextElementSibling?.textContent ?? ''
    record.set(record.has(name) ? `cell ${name}` : name, text === MISSING ? '' : text)
  }
  return record
}

/** Rows of a table; what stands small in a cell, such as an error, has a column of its own. */
function tableRecords(table: HTMLTableElement): CellRecord[] {
  const heads = [...table.querySelectorAll('thead th')].map(ownText)
  return [...table.tBodies].flatMap((body) =>
    [...body.rows].map((row) => {
      const cells = [...row.cells].flatMap((cell, at): (readonly [string, string])[] => {
        const small = textOf(cell.querySelector('small'))
        const isNumber = cell.matches('.entry,.weight')
        const own = [heads[at], isNumber ? plain(ownText(cell)) : ownText(cell)] as const
        return small === ''
          ? [own]
          : [own, [`${heads[at]}: ${smallName(small)}`, plain(small.replace('± ', ''))]]
      })
      return new Map(cells)
    }),
  )
}

const smallName = (text: string): string =>
  text.startsWith('±') ? 'standard error' : text.endsWith('%') ? 'share' : 'of'

/** The text of a cell without what stands small in it. */
function ownText(cell: Element): string {
  const copy = cell.cloneNode(true) as Element
  for (const small of copy.querySelectorAll('small')) small.remove()
  // Paragraphs of a cell stand apart.
  for (const paragraph of copy.querySelectorAll('p')) paragraph.append(' ')
  return textOf(copy)
}

function chartRecords(chart: Element): CellRecord[] {
  const told = toldOf(chart)
  switch (told?.kind) {
    case 'plot':
      return plotRecords(chart, told)
    case 'strips':
      return stripRecords(chart, told)
    case 'heat':
      return heatRecords(chart, told)
    case 'bins':
      return binRecords(told)
    case 'levels':
      return told.levels.map(
        (level, at) =>
          new Map<string, string | number>([
            ['level', level],
            ...Object.entries(told.counts).map(([name, each]) => [name, each[at]] as const),
          ]),
      )
    case 'gaps':
      return gapRecords(chart, told)
    case 'bars':
      return [...chart.querySelectorAll('.bar')].map((bar) => {
        const [name, value] = bar.querySelectorAll('text')
        const own = bar.getAttribute('data-name') ?? textOf(name)
        return new Map([
          [told.heads[0], own],
          [told.heads[1], plain(textOf(value))],
        ])
      })
    default:
      return []
  }
}

function plotRecords(chart: Element, told: ToldPlot): CellRecord[] {
  const all = seriesOf(chart, told)
  return all.flatMap(({ name, places, known }) =>
    places.map(
      ([x, y], i) =>
        new Map<string, string | number>([
          ...(name === '' ? [] : [['line', name] as const]),
          ...(told.known ?? []).map((head, at) => [head || 'set', known[i][at]] as const),
          [told.x[0], valueAt(told.x, x)],
          [told.y[0], valueAt(told.y, y)],
        ]),
    ),
  )
}

/** A record for each mark, a cell for each strip. */
function stripRecords(chart: Element, { ends, columns, marks }: ToldStrips): CellRecord[] {
  const strips = [...chart.querySelectorAll('g[data-range]')].map((strip) => {
    const [low, high] = (strip.getAttribute('data-range') ?? '').split(' ').map(Number)
    return [...strip.querySelectorAll('path')].map((path) => {
      const far = new Map(
        (path.getAttribute('data-far') ?? '').split(' ').map((one) => one.split(':') as [string, string]),
      )
      return placesOf(path).map(([x], i) => {
        const beyond = far.get(String(i))
        return beyond === undefined ? valueAt(['', ends[0], low, ends[1], high], x) : Number(beyond)
      })
    })
  })
  return marks.flatMap((name, kind) =>
    Array.from({ length: strips[0]?.[kind].length ?? 0 }, (_, i) => {
      const cells = columns.map((column, at) => [column, strips[at][kind][i]] as const)
      return new Map<string, string | number>([['mark', name], ...cells])
    }),
  )
}

function heatRecords(chart: Element, { full, from, width, x, places }: ToldHeat): CellRecord[] {
  return [...chart.querySelectorAll('g[data-name]')].map((row) => {
    const values = places.map(() => 0)
    for (const cell of row.querySelectorAll('rect')) {
      const column = Math.round((Number(cell.getAttribute('x')) - from) / width)
      values[column] = roundedTo(full * Number(cell.getAttribute('fill-opacity')) ** 2, full * 4e-4)
    }
    return new Map<string, string | number>([
      ['name', row.getAttribute('data-name') ?? ''],
      ...values.map((value, at) => [`${x} ${places[at]}`, value] as const),
    ])
  })
}

/** Where ends are no numbers only the outer ones are known. */
function binRecords({ low, high, beyond, counts }: ToldBins): CellRecord[] {
  const bins = Object.values(counts)[0]?.length ?? 0
  const edge = (at: number): string | number => {
    if (typeof low === 'number' && typeof high === 'number')
      return Number((low + (at * (high - low)) / bins).toPrecision(9))
    return at === 0 ? low : at === bins ? high : ''
  }
  return Array.from(
    { length: bins },
    (_, bin) =>
      new Map<string, string | number>([
        ['from', edge(bin)],
        ['to', bin === bins - 1 && beyond !== undefined ? beyond : edge(bin + 1)],
        ...Object.entries(counts).map(([name, each]) => [name, each[bin]] as const),
      ]),
  )
}

function gapRecords(chart: Element, { from, width, columns }: ToldGaps): CellRecord[] {
  const paths = [...chart.querySelectorAll('path')]
  return paths.flatMap((path, at) =>
    [...(path.getAttribute('d') ?? '').matchAll(/M([\d.]+) [\d.]+h([\d.]+)/g)].map(([, x, length]) => {
      const first = Math.round((Number(x) - from) / width)
      return new Map<string, string | number>([
        ['column', columns[at]],
        ['missing from row', first + 1],
        ['to row', Math.max(first + 1, Math.round(first + Number(length) / width))],
      ])
    }),
  )
}
