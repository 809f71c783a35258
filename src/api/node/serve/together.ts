/** Answers requests of rows together, as each would be answered alone. */
import type { Cell, TableChunk } from '../../../data/tables/cell.ts'
import type { BodyRows } from './bodies.ts'
import type { Body, Outcome } from './served.ts'
import type { Answered } from './written.ts'

/** Rows that a model looks at together. */
const TOGETHER = 1024

/** A body, and the cells of its modelled columns. */
export interface ReadBody {
  readonly rows: BodyRows
  readonly cells: readonly (readonly Cell[])[]
}

type ToChunk = (rows: TableChunk['rows'], first: number) => TableChunk

/** How bodies are read, and what is made of their rows. */
interface Way<Made> {
  read(body: Body): Promise<ReadBody>
  readonly chunk: ToChunk
  make(chunk: TableChunk): Promise<readonly Made[]>
}

/** What is made of rows, in parts that a model looks at together. */
export async function inParts<Made>(
  cells: TableChunk['rows'],
  first: number,
  chunk: ToChunk,
  make: (chunk: TableChunk) => Promise<readonly Made[]>,
): Promise<Made[]> {
  const made: Made[] = []
  for (let from = 0; from < cells.length; from += TOGETHER)
    for (const one of await make(chunk(cells.slice(from, from + TOGETHER), first + from))) made.push(one)
  return made
}

/** What is said of a row hangs on the row; an error of one request is its own. */
export async function together<Made>(
  bodies: readonly Body[],
  way: Way<Made>,
  answered: (read: ReadBody, made: readonly Made[]) => Answered,
): Promise<Outcome[]> {
  const reads = await Promise.all(bodies.map((body) => way.read(body).catch((error: unknown) => ({ error }))))
  const known = reads.flatMap((own) => ('error' in own ? [] : own.cells))
  try {
    const all = await inParts(known, bodies.length === 1 ? bodies[0].first : 0, way.chunk, way.make)
    let from = 0
    return reads.map((own) => {
      if ('error' in own) return { error: own.error, rows: 0 }
      const part = all.slice(from, from + own.cells.length)
      from += own.cells.length
      return { answered: answered(own, part), rows: own.cells.length }
    })
  } catch (error) {
    if (bodies.length === 1) return [{ error, rows: 0 }]
    // One of them is at fault, and only that one is told.
    const each: Outcome[] = []
    for (const body of bodies) each.push(...(await together([body], way, answered)))
    return each
  }
}
