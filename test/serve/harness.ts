/** Serves small models from this process. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ServeOptions, serveModels } from '../../src/apps/serve/server.ts'
import { save, type TableModel, train, trainTable } from '../../src/inside.node.ts'

/** Rows of numbers, counts, levels and dates, with gaps. */
export const rows = Array.from({ length: 160 }, (_, i) => ({
  a: Math.round(1000 * Math.sin(i)) / 1000,
  b: i % 7 === 0 ? null : Math.round(1000 * (Math.sin(i) + Math.cos(3 * i) / 4)) / 1000,
  visits: Math.floor(3 + 2 * Math.sin(i / 2) + (i % 3)),
  kind: ['fern', 'moss', 'water reed'][i % 3],
  wet: i % 2 === 0 ? 'yes' : 'no',
  day: new Date(Date.UTC(2024, 0, 1 + (i % 200))).toISOString().slice(0, 10),
}))

export interface Places extends AsyncDisposable {
  readonly folder: string
  readonly table: string
  /** Another model of the same table. */
  readonly other: string
  readonly digits: string
  /** A model of images that is given their class. */
  readonly classes: string
  /** The first one, open here. */
  readonly model: TableModel
}

/** A folder for models, which goes when it is disposed of. */
export async function temporaryPlaces(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'betavae-serve-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

/** A model of a table as a file, and those that are asked for: another one of the same table, one of images. */
export async function trainedPlaces(...more: readonly ('other' | 'digits' | 'classes')[]): Promise<Places> {
  const { path: folder, [Symbol.asyncDispose]: remove } = await temporaryPlaces()
  const at = (name: string) => join(folder, `${name}.safetensors`)
  const model = await trainTable(rows, { training: { steps: 40, seed: 1 } })
  await writeFile(at('table'), save(model))
  if (more.includes('other')) {
    using other = await trainTable(rows, { training: { steps: 40, seed: 2 } })
    await writeFile(at('other'), save(other))
  }
  if (more.includes('digits')) await writeFile(at('digits'), save(await trainedOnDigits('vae')))
  if (more.includes('classes')) await writeFile(at('classes'), save(await trainedOnDigits('conditional-vae')))
  return {
    ...{ folder, model, table: at('table'), other: at('other') },
    ...{ digits: at('digits'), classes: at('classes') },
    async [Symbol.asyncDispose]() {
      model.dispose()
      await remove()
    },
  }
}

const trainedOnDigits = (name: 'vae' | 'conditional-vae') =>
  train({
    data: { source: 'digits' },
    model: { latent: { size: 3 }, architecture: { name: 'mlp', hidden: [8] } },
    objective: { name },
    training: { steps: 5 },
  })

export interface ServedHere extends AsyncDisposable {
  readonly url: string
  reload(): Promise<void>
  /** Posts and gives what comes back. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Posted>
}

export interface Posted {
  readonly status: number
  readonly type: string | null
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: what is answered is what tests look at
  readonly json: any
}

const usual: Omit<ServeOptions, 'models'> = {
  ...{
    port: 0,
    host: '127.0.0.1',
    keys: [],
    threads: 1,
    mostBytes: 2 ** 20,
    mostRows: 500,
    mostWaiting: 300,
  },
  ...{ patience: 20_000, grace: 10_000, unseen: 'missing', watches: false, log: 'silent' },
}

export async function served(
  places: Readonly<Record<string, string>>,
  options: Partial<ServeOptions> = {},
): Promise<ServedHere> {
  const models = Object.entries(places).map(([name, place]) => ({ name, place }))
  const server = await serveModels({ ...usual, ...options, models })
  return {
    url: server.url,
    reload: server.reload,
    async post(path, body, headers = {}) {
      const isPlain = typeof body === 'string' || body instanceof Uint8Array
      const response = await fetch(`${server.url}${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: isPlain ? (body as string) : JSON.stringify(body),
      })
      const text = await response.text()
      const type = response.headers.get('content-type')
      const json = type?.includes('json') && !type.includes('jsonl') ? JSON.parse(text) : text
      return { status: response.status, type, headers: response.headers, json }
    },
    [Symbol.asyncDispose]: () => server.stop(),
  }
}
