import { arch, cpus, platform } from 'node:os'
import type { Engine } from '../../engine/engine.ts'
import { version } from '../../export/version.ts'
import type { Environment } from '../../report/input.ts'

/** Where and with what a page is made. */
export const environmentOf = (engine: Pick<Engine, 'description'>): Environment => ({
  versions: { betavae: version, node: process.versions.node, engine: engine.description },
  date: new Date().toISOString().slice(0, 10),
  machine: `${cpus()[0]?.model ?? arch()}, ${cpus().length} cores, ${platform()}`,
})
