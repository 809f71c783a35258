import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

/** A contestant's module beside its packages, which it cannot import itself: they are the bench's own. */
export interface PageEntry {
  /** Exports `build(job, told)`; relative to the folder `contestants`. */
  readonly file: string
  readonly packages: readonly string[]
}

/** What a page tells its contestant. */
export interface Told {
  readonly packages: Readonly<Record<string, unknown>>
  /** Of the first package. */
  readonly version: string
  /** Address of ONNX Runtime's files. */
  readonly wasmPaths: string
}

const peers = join(import.meta.dirname, '../peers/node_modules')

/** A contestant as one script that answers messages, for a module worker. */
export async function bundle({ file, packages }: PageEntry, runtimePath: string): Promise<string> {
  const imports = packages.map((name, i) => `import * as package${i} from ${JSON.stringify(name)}`)
  const given = packages.map((name, i) => `${JSON.stringify(name)}: package${i}`)
  const { outputFiles } = await build({
    stdin: {
      contents: `${imports.join('\n')}
        import { answering } from '../contestants/protocol.ts'
        import { build } from './contestants/${file}'
        const told = {
          packages: { ${given.join(', ')} },
          version: ${JSON.stringify(packages.length > 0 ? versionOf(packages[0]) : '')},
          wasmPaths: new URL(${JSON.stringify(runtimePath)}, location.href).href,
        }
        const answer = answering((job) => build(job, told))
        onmessage = ({ data }) => answer(data).then(
          (value) => postMessage({ value }),
          (error) => postMessage({ error: String(error?.stack ?? error) }),
        )`,
      resolveDir: import.meta.dirname,
    },
    nodePaths: [peers],
    loader: { '.wasm': 'binary' },
    define: { 'process.env.NODE_ENV': '"production"' },
    bundle: true,
    format: 'esm',
    target: 'es2023',
    write: false,
    logLevel: 'silent',
  })
  return outputFiles[0].text
}

const versionOf = (name: string): string =>
  JSON.parse(readFileSync(join(peers, name, 'package.json'), 'utf8')).version
