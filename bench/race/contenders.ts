import { join } from 'node:path'
import type { PageEntry } from '../browser/bundle.ts'
import { python, who } from '../contestants/index.ts'
import { type Command, processChannel } from './process-channel.ts'
import type { Contender } from './racer.ts'
import { type Start, startChannel } from './start-channel.ts'
import { type Whole, wholeChannel } from './whole-channel.ts'

type Name = keyof typeof who

export const contestantsFolder = join(import.meta.dirname, '../contestants')

const inProcess = (name: Name, command: Command, threads: number): Contender => ({
  ...who[name],
  open: async () => processChannel(command, contestantsFolder, threads),
})

/** A contestant written for Node.js, in a process. */
export const inNode = (name: Name, threads: number, ...command: readonly string[]): Contender =>
  inProcess(name, [process.execPath, ...command], threads)

/** One written for Python, in a process. */
export const inPython = (name: Name, threads: number, ...command: readonly string[]): Contender =>
  inProcess(name, [python, ...command], threads)

/** A contestant in a page. */
export const inPage = (name: Name, entry: PageEntry): Contender => ({
  ...who[name],
  // Loaded only where a page is wanted: it brings a bundler and a browser's driver.
  open: async () => (await import('../browser/page-channel.ts')).pageChannel(entry),
})

/** A program that is started again and again. */
export const fromNothing = (name: Name, start: () => Promise<Start>): Contender => ({
  ...who[name],
  open: async () => startChannel(await start()),
})

/** A program that is run to its end again and again. */
export const wholly = (name: Name, whole: () => Promise<Whole>): Contender => ({
  ...who[name],
  open: async () => wholeChannel(await whole()),
})

/** The same one, with a reason why it cannot take part. */
export const unable = (contender: Contender, cannot: string): Contender => ({ ...contender, cannot })
