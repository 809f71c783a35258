/** The document of a server: valid, and clients that are made of it work. */
import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { afterAll, expect, test } from 'vitest'
import { findPython } from '../python/python.ts'
import { rows, served, trainedPlaces } from './harness.ts'

const run = promisify(execFile)
const places = await trainedPlaces()
const server = await served({ table: places.table }, { keys: ['a-key-of-sixteen-and-more'] })
const document = await (await fetch(`${server.url}/openapi.json`)).text()
const file = join(places.folder, 'openapi.json')
await writeFile(file, document)
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await places[Symbol.asyncDispose]()
})

test('a linter of OpenAPI finds nothing', async () => {
  const config = await createConfig({ extends: ['recommended'] })
  const found = await lintFromString({ source: document, absoluteRef: file, config })
  expect(
    found.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0].pointer}`),
  ).toEqual([])
})

test('TypeScript: a generated client compiles, and asks', async () => {
  const folder = join(places.folder, 'ts')
  await mkdir(folder)
  const { createClient } = await import('@hey-api/openapi-ts')
  await createClient({
    ...{ input: file, output: join(folder, 'client'), logs: { level: 'silent' } },
    plugins: ['@hey-api/client-fetch', '@hey-api/typescript', '@hey-api/sdk'],
  })
  await writeFile(
    join(folder, 'use.ts'),
    `import { client } from './client/client.gen'
import { decode, sample, score, type ScoredRow } from './client'

export async function use(baseUrl: string, auth: string) {
  client.setConfig({ baseUrl, auth })
  const path = { model: 'table' } as const
  const rows = ${JSON.stringify(rows.slice(0, 3))}
  const scored = await score({ path, query: { causes: 1 }, body: { rows } })
  const first: ScoredRow | undefined = scored.data?.rows[0]
  const made = await sample({ path, query: { count: 2 } })
  const refused = await decode({ path, body: { codes: [[1]] } })
  return { first, version: scored.data?.version, made: made.data?.rows.length, refused: refused.error?.code }
}
`,
  )
  const options = {
    strict: true,
    noEmit: true,
    target: 'es2022',
    module: 'esnext',
    moduleResolution: 'bundler',
    lib: ['es2022', 'dom', 'dom.iterable'],
    skipLibCheck: true,
    types: [],
  }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['.'] }))
  await run(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', folder])
  const { build } = await import('esbuild')
  const outfile = join(folder, 'use.mjs')
  await build({
    entryPoints: [join(folder, 'use.ts')],
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile,
    logLevel: 'error',
  })
  const { use } = await import(outfile)
  const got = await use(server.url, 'a-key-of-sixteen-and-more')
  expect(got).toMatchObject({
    first: { p: expect.any(Number), causes: [{}] },
    made: 2,
    refused: 'serve/body',
  })
  expect(got.version).toMatch(/^[\da-f]{16}$/)
}, 60_000)

const packages = ['openapi_python_client', 'httpx', 'attr']
const python = findPython(packages, ['openapi-python-client'])

test.skipIf(!python)(
  'Python: a generated client runs, and asks',
  async () => {
    const folder = join(places.folder, 'py')
    await mkdir(folder)
    const config = join(folder, 'config.yml')
    // Formatting what is generated needs another package, and changes nothing.
    await writeFile(config, 'post_hooks: []\n')
    const made = join(folder, 'asked')
    await run(python as string, [
      '-m',
      'openapi_python_client',
      'generate',
      '--path',
      file,
      '--output-path',
      made,
      '--meta',
      'none',
      '--config',
      config,
    ])
    await writeFile(
      join(folder, 'use.py'),
      `import json, sys
from asked import AuthenticatedClient
from asked.api.models import score, decode
from asked.models import Codes, DecodeModel, RowsType0, ScoreModel

client = AuthenticatedClient(base_url=sys.argv[1], token=sys.argv[2])
rows = RowsType0.from_dict({"rows": json.loads(sys.argv[3])})
scored = score.sync(ScoreModel.TABLE, client=client, body=rows, causes=1)
refused = decode.sync(DecodeModel.TABLE, client=client, body=Codes(codes=[[1.0]]))
print(json.dumps({"p": scored.rows[0].p, "cause": scored.rows[0].causes[0].column, "refused": refused.code}))
`,
    )
    const given = [server.url, 'a-key-of-sixteen-and-more', JSON.stringify(rows.slice(0, 3))]
    const { stdout } = await run(python as string, [join(folder, 'use.py'), ...given])
    expect(JSON.parse(stdout)).toEqual({
      p: expect.any(Number),
      cause: expect.any(String),
      refused: 'serve/body',
    })
  },
  60_000,
)
