/** The bill of materials that is published with the package. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { execute, nodes } from './user.ts'

const root = join(import.meta.dirname, '..', '..')

interface Component {
  readonly name: string
  readonly version: string
  readonly purl: string
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[]
  readonly licenses: readonly { readonly license?: { readonly id: string }; readonly expression?: string }[]
  readonly properties: readonly { readonly name: string; readonly value: string }[]
}

interface Bill {
  readonly components: readonly Component[]
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[]
}

const ours = JSON.parse(await readFile(join(root, 'sbom.cdx.json'), 'utf8')) as Bill
const isBundled = ({ properties }: Component) => properties[0].value === 'true'

test('names what npm says that it installs, with the same digests, and what is bundled besides', async () => {
  const { out } = await execute(
    root,
    'npm',
    ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only'],
    nodes.ours,
  )
  const theirs = (JSON.parse(out) as Bill).components
  expect(theirs.length).toBeGreaterThan(20)
  const told = ({ purl, hashes, licenses }: Component) => ({ purl, hashes, licenses })
  const known = new Map(ours.components.map((component) => [component.purl, told(component)]))
  for (const component of theirs) expect(known.get(component.purl)).toEqual(told(component))
  const more = ours.components.filter(({ purl }) => !theirs.some((their) => their.purl === purl))
  expect(more.length).toBeGreaterThan(0)
  expect(more.filter((component) => !isBundled(component))).toEqual([])
  expect(more.map(({ name }) => name)).toContain('svelte')
})

test('is the same wherever it is made, and its parts are free to be shipped', async () => {
  const text = JSON.stringify(ours)
  expect(text).not.toMatch(/timestamp|serialNumber|https?:\/\/(?!cyclonedx\.org)/)
  const refs = ours.components.map(({ name, version }) => `${name}@${version}`)
  for (const { dependsOn } of ours.dependencies) expect(refs).toEqual(expect.arrayContaining([...dependsOn]))
  const ids = ours.components.flatMap(({ licenses }) =>
    licenses.map(({ license, expression }) => license?.id ?? expression),
  )
  expect(new Set(ids)).toEqual(new Set(['MIT', 'BSD-3-Clause', 'Apache-2.0', 'ISC', '(MIT OR CC0-1.0)']))
  const notice = await readFile(join(root, 'NOTICE'), 'utf8')
  for (const { name, version } of ours.components) expect(notice).toContain(`  ${name} ${version}, `)
})
