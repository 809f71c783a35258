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
interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly version: string; readonly dev?: true; readonly devOptional?: true }>
  >
}

const refOf = ({ name, version }: Component) => `${name}@${version}`
const isBundled = ({ properties }: Component) => properties[0].value === 'true'

test('names what is installed and what is bundled, with the digests that npm gives', async () => {
  const words = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only']
  const { out } = await execute(root, 'npm', words, nodes.ours)
  const told = ({ purl, hashes, licenses }: Component) => ({ purl, hashes, licenses })
  const theirs = new Map(
    (JSON.parse(out) as Bill).components.map((component) => [component.purl, told(component)]),
  )
  expect(theirs.size).toBeGreaterThan(ours.components.length)
  for (const component of ours.components) expect(theirs.get(component.purl)).toEqual(told(component))

  // `npm sbom --omit dev` leaves out what is needed for development, too: the lock file says which that is.
  const { packages } = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as Lock
  const refsOf = (isIn: (of: Lock['packages'][string]) => boolean) =>
    Object.entries(packages).flatMap(([place, of]) =>
      place !== '' && isIn(of) ? [`${place.replace(/.*node_modules\//, '')}@${of.version}`] : [],
    )
  const refs = ours.components.map(refOf)
  expect(refs).toEqual(expect.arrayContaining(refsOf(({ dev, devOptional }) => !dev && !devOptional)))
  const others = ours.components.filter((component) => !isBundled(component)).map(refOf)
  expect(refsOf(({ dev }) => !dev)).toEqual(expect.arrayContaining(others))
  expect(ours.components.filter(isBundled).map(({ name }) => name)).toEqual(
    expect.arrayContaining(['svelte', 'uplot', 'zod']),
  )
})

test('is the same wherever it is made, and its parts are free to be shipped', async () => {
  const text = JSON.stringify(ours)
  expect(text).not.toMatch(/timestamp|serialNumber|https?:\/\/(?!cyclonedx\.org)/)
  const refs = ours.components.map(refOf)
  for (const { dependsOn } of ours.dependencies) expect(refs).toEqual(expect.arrayContaining([...dependsOn]))
  const ids = ours.components.flatMap(({ licenses }) =>
    licenses.map(({ license, expression }) => license?.id ?? expression),
  )
  expect(new Set(ids)).toEqual(new Set(['MIT', 'BSD-3-Clause', 'Apache-2.0', 'ISC', '(MIT OR CC0-1.0)']))
  const notice = await readFile(join(root, 'NOTICE'), 'utf8')
  for (const { name, version } of ours.components) expect(notice).toContain(`  ${name} ${version}, `)
})
