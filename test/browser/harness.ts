/** Runs a TypeScript module in a module worker of a real Chromium. */
import { resolve } from 'node:path'
import { build } from 'esbuild'
import { chromium, type Page } from 'playwright-core'
import { type TestContext, test } from 'vitest'
import { lacks, outside } from '../outside.ts'
import { findChromium, quietFlags } from './chromium.ts'
import { runtimePath, serve } from './server.ts'

export interface BrowserRun {
  /** A module, by its path from the repository's root, that exports `main(argument)`. */
  readonly entry: string
  /** What `main` is given beside `wasmPaths`; plain JSON. */
  readonly argument?: Readonly<Record<string, unknown>>
  /** Whether the page is cross-origin isolated, as threads need; default true. */
  readonly isolated?: boolean
  /** Whether ONNX Runtime's .wasm files lie beside the page's script, too, as some bundlers put them; default false. */
  readonly runtimeBeside?: boolean
  /** More flags for Chromium. */
  readonly flags?: readonly string[]
  /** After this the run is given up; default 120 000. */
  readonly milliseconds?: number
}

/** What every page's `main` is told. */
export interface PageArgument {
  /** Address of ONNX Runtime's files. */
  readonly wasmPaths: string
}

/** Gives what `main` resolved to (plain JSON); rejects as it did, with the page's console. */
export async function inBrowser<T>(run: BrowserRun): Promise<T> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('no Chromium: install one, or set CHROMIUM_PATH to it')
  const files = { '/': '<!doctype html><title>test</title>', '/worker.js': await bundle(run.entry) }
  await using site = await serve(files, run.isolated ?? true, run.runtimeBeside)
  const browser = await chromium.launch({ executablePath, args: [...quietFlags, ...(run.flags ?? [])] })
  try {
    const page = await browser.newPage()
    const console_: string[] = []
    page.on('console', (message) => console_.push(message.text()))
    await page.goto(site.url)
    return await within(run.milliseconds ?? 120_000, inWorker<T>(page, run), console_)
  } finally {
    await browser.close()
  }
}

/** The entry as one script that calls `main` with the message it gets, and answers with what comes of it. */
async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { main } from ${JSON.stringify(resolve(entry))}
        onmessage = ({ data }) => Promise.resolve(main(data)).then(
          (value) => postMessage({ value }),
          (error) => postMessage({ error: String(error?.stack ?? error) }),
        )`,
      resolveDir: process.cwd(),
    },
    bundle: true,
    format: 'esm',
    target: 'es2023',
    write: false,
    logLevel: 'error',
  })
  return outputFiles[0].text
}

async function inWorker<T>(page: Page, { argument = {} }: BrowserRun): Promise<T> {
  const { value, error } = await page.evaluate(
    (message) =>
      new Promise<{ value?: unknown; error?: string }>((answer) => {
        const worker = new Worker('/worker.js', { type: 'module' })
        worker.onmessage = ({ data }) => answer(data)
        worker.onerror = (event) => answer({ error: `worker: ${event.message}` })
        worker.postMessage({
          ...message.argument,
          wasmPaths: new URL(message.runtimePath, location.href).href,
        })
      }),
    { argument, runtimePath },
  )
  if (error !== undefined) throw new Error(error)
  return value as T
}

async function within<T>(milliseconds: number, result: Promise<T>, console_: readonly string[]): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer from the page in ${milliseconds} ms`)), milliseconds)
  })
  try {
    return await Promise.race([result, late])
  } catch (cause) {
    throw new Error(`${(cause as Error).message}\npage console:\n${console_.join('\n')}`, { cause })
  } finally {
    clearTimeout(timer)
  }
}

/** A test that needs Chromium: without one it is skipped, and on a build server (CI) fails. */
export const browserTest = (name: string, body: () => Promise<void>, timeout = 150_000): void =>
  test(name, { timeout }, async (context: TestContext) => {
    if (lacks('chromium')) context.skip(outside.chromium.words)
    await body()
  })
