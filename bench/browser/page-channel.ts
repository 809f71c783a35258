import { chromium } from 'playwright-core'
import { findChromium, quietFlags } from '../../test/browser/chromium.ts'
import { runtimePath, serve } from '../../test/browser/server.ts'
import type { Hello, Turn } from '../contestants/protocol.ts'
import type { Channel } from '../race/channel.ts'
import { bundle, type PageEntry } from './bundle.ts'

/** The page's half: passes questions on to a module worker, where a page does what takes long. */
const page = `<!doctype html><title>bench</title><script type="module">
  const worker = new Worker('/worker.js', { type: 'module' })
  window.ask = (question) => new Promise((answer) => {
    worker.onmessage = ({ data }) => answer(data)
    worker.onerror = ({ message }) => answer({ error: 'worker: ' + message })
    worker.postMessage(question)
  })
</script>`

/** A contestant in a cross-origin isolated page of a Chromium of its own, so that no other page slows it. */
export async function pageChannel(entry: PageEntry): Promise<Channel> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('no Chromium here: install one, or set CHROMIUM_PATH to it')
  const site = await serve({ '/': page, '/worker.js': await bundle(entry, runtimePath) }, true)
  const browser = await chromium.launch({ executablePath, args: [...quietFlags] })
  const close = async () => {
    await browser.close()
    await site[Symbol.asyncDispose]()
  }
  try {
    const tab = await browser.newPage()
    await tab.goto(site.url)
    return {
      async ask(question) {
        const { value, error } = await tab.evaluate(
          (asked) => (window as unknown as { ask(question: unknown): Promise<Reply> }).ask(asked),
          question as object,
        )
        if (error !== undefined) throw new Error(error)
        return said(value as Hello | Turn, browser.version())
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

const said = (value: Hello | Turn, version: string): Hello | Turn =>
  'note' in value ? { ...value, note: `Chromium ${version}, ${value.note}` } : value

interface Reply {
  readonly value?: Hello | Turn
  readonly error?: string
}
