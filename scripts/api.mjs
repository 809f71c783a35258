/**
 * Writes docs/api.md: what the package exports, entry by entry, with its types whole. `--check` compares instead, so
 * that a change of the public API is a change of that file; `npm run api` accepts one.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor'
import { compile, rings, root } from './declarations.mjs'

const kept = join(root, 'docs', 'api.md')
const head = `# What betavae exports

Written by \`npm run api\`, compared by \`npm run check\`: a change of the public API is a change of this file. What stands
without \`export\` has no name outside; it is here because something exported mentions it.
`

mkdirSync(join(root, '.cache'), { recursive: true })
const folder = mkdtempSync(join(root, '.cache', 'api-'))
try {
  await compile(folder)
  const report = [head, ...Object.entries(rings).map(section)].join('\n')
  if (!process.argv.includes('--check')) writeFileSync(kept, report)
  else if (readFileSync(kept, 'utf8') !== report) {
    console.error(`${relative(root, kept)} is not what the sources export: npm run api accepts the change`)
    process.exitCode = 1
  }
} finally {
  rmSync(folder, { recursive: true })
}

/** One entry: its name and its declarations in the order of the alphabet. */
function section([name, file]) {
  const reportFileName = `${file}.api.md`
  const config = ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(root, 'package.json'),
    configObject: configOf(file, reportFileName),
  })
  const { succeeded } = Extractor.invoke(config, { localBuild: true, messageCallback: quiet })
  if (!succeeded) throw new Error(`the declarations of ${name} cannot be read`)
  const [, code] = /```ts\n([\s\S]*?)\n```/.exec(readFileSync(join(folder, reportFileName), 'utf8'))
  const plain = code
    .replace(/^\/\/ @public.*$/gm, '')
    .replace(/^ *\/\/ \((undocumented|No @packageDocumentation.*)\)\n/gm, '')
  return `## ${name}\n\n\`\`\`ts\n${plain
    .replace(/\r/g, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n\`\`\`\n`
}

function configOf(file, reportFileName) {
  const entry = join(folder, 'rings', `${file}.d.ts`)
  const silent = { default: { logLevel: 'none' } }
  return {
    projectFolder: root,
    newlineKind: 'lf',
    mainEntryPointFilePath: entry,
    compiler: {
      overrideTsconfig: {
        compilerOptions: {
          target: 'es2023',
          module: 'nodenext',
          strict: true,
          lib: ['ES2024', 'ESNext.Disposable', 'DOM', 'DOM.AsyncIterable'],
          types: ['node'],
        },
        files: [entry],
      },
    },
    apiReport: {
      enabled: true,
      reportFolder: folder,
      reportTempFolder: folder,
      reportFileName,
      includeForgottenExports: true,
    },
    docModel: { enabled: false },
    dtsRollup: { enabled: false },
    tsdocMetadata: { enabled: false },
    messages: {
      extractorMessageReporting: silent,
      tsdocMessageReporting: silent,
      compilerMessageReporting: { default: { logLevel: 'error' } },
    },
  }
}

/** The extractor tells of every report that it writes; here each is new. */
function quiet(message) {
  message.handled = message.logLevel !== 'error'
}
