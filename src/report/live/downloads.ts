import { csvCell } from '../../data/tables/csv-cell.ts'
import { markedCsv } from '../../data/tables/csv-mark.ts'
import { download } from './download.ts'
import { type CellRecord, recordsOf } from './records.ts'

/** What a page saves in its own way: an element may say its records by itself. */
export interface Holder extends Element {
  records?: () => CellRecord[]
}

/** Puts a button after each table and chart of the page that saves its numbers as CSV, from what the page shows. */
export function offerDownloads(): void {
  for (const holder of document.querySelectorAll<Holder>('main :is([data-csv],table,figure)')) {
    const isNamed = holder.matches('[data-csv]')
    const around = holder.parentElement?.closest<Holder>('[data-csv],figure,table')
    const holds =
      isNamed || holder.records || holder.matches('table') || holder.querySelector('svg[data-told]')
    // A part of something that is saved as a whole is not saved for itself, unless it is named.
    if (holds && (isNamed || !around || !isSaved(around))) place(holder)
  }
}

const isSaved = (holder: Holder): boolean =>
  holder.matches('[data-csv]') || Boolean(holder.records ?? holder.querySelector('svg[data-told]'))

function place(holder: Element): void {
  const name = nameOf(holder)
  const button = document.createElement('button')
  button.type = 'button'
  const isNamed = holder.matches('[data-csv]')
  button.textContent = isNamed ? `${name} as CSV` : 'CSV'
  button.title = `Download ${name} as CSV`
  if (!isNamed) button.setAttribute('aria-label', `CSV of ${name}`)
  button.addEventListener('click', () =>
    download({ name: `${fileName(name)}.csv`, type: 'text/csv', bytes: csvOf(holder) }),
  )
  const line = document.createElement('p')
  line.className = 'save'
  line.append(button)
  const figure = holder.closest('figure')
  if (figure) figure.append(line)
  else holder.after(line)
}

const nameOf = (holder: Element): string =>
  holder.getAttribute('data-csv') ||
  (
    holder.querySelector('figcaption,caption') ??
    holder.closest('section')?.querySelector('h2') ??
    document.querySelector('h1')
  )?.textContent?.trim() ||
  'numbers'

/** The page's own name and the part's, as files are called everywhere. */
const fileName = (name: string): string =>
  `${document.title.split(' · ')[0]} ${name}`
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.]+/gu, '-')
    .replace(/^-+|-+$/g, '')

/** A file of CSV; columns stand in the order in which records first have them. */
export function csvOf(holder: Holder): string {
  const records = holder.records?.() ?? recordsOf(holder)
  const columns = [...new Set(records.flatMap((record) => [...record.keys()]))]
  const lines = [columns, ...records.map((record) => columns.map((column) => record.get(column) ?? ''))]
  const line = (cells: readonly unknown[]) =>
    `${cells.map((cell) => csvCell(String(cell), ',', cells.length === 1)).join(',')}\n`
  return markedCsv(lines.map(line).join(''))
}
