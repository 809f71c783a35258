/**
 * Writes what is said of others' code: the end of NOTICE with their licenses, and sbom.cdx.json, a bill of materials in
 * CycloneDX. With --check only compares, and sees that what is bundled from outside of `dependencies` is pinned.
 *
 * Both come from the lock file and from what a build bundles, so that they are the same wherever they are made.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundled, copyrightOf, installed, licenseText, root } from './shipped.mjs'

const BEGIN = 'Parts of other packages are within dist, as the build bundled them:\n'
const within = await bundled()
const about = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** Another version of what is bundled is another package of ours: it comes with a commit, not with an install. */
function checkPins() {
  const ranges = Object.entries(about.devDependencies).filter(
    ([name, range]) => within.some((shipped) => shipped.name === name) && !/^\d+\.\d+\.\d+$/.test(range),
  )
  if (ranges.length > 0)
    refuse(`package.json gives ranges to what is bundled: ${ranges.map(([name]) => name)}`)
}

function notice() {
  const line = (shipped) =>
    `  ${shipped.name} ${shipped.version}, ${shipped.license}: ${copyrightOf(shipped).join('; ')}\n`
  const texts = new Map()
  for (const shipped of within) {
    const text = withoutCopyright(licenseText(shipped) ?? '')
    if (text === '') continue
    const key = text.replace(/[\W_]+/g, ' ').toLowerCase()
    texts.set(key, { text, names: [...(texts.get(key)?.names ?? []), shipped.name] })
  }
  const licenses = [...texts.values()].map(
    ({ text, names }) => `\nLicense of ${names.join(', ')}:\n\n${text}\n`,
  )
  const list = (shipped) => [...new Set(shipped.map(line))].join('')
  return `\n\n${BEGIN}
${list(within)}
npm installs these beside it, each under its own license:

${list(installed)}${licenses.join('')}`
}

/** The words of a license, which many packages share. */
const withoutCopyright = (text) =>
  text
    .split('\n')
    .filter((line) => !/^\s*(©|copyright (\(c\)|©|\d)|#* *(the )?mit license( \(mit\))?$)/i.test(line))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()

/** A bill of materials without a time or a number of its own, so that the same packages give the same file. */
function billOfMaterials() {
  const all = [...new Map([...installed, ...within].map((shipped) => [refOf(shipped), shipped])).values()]
  const inOrder = all.sort((a, b) => (refOf(a) < refOf(b) ? -1 : 1))
  const own = { name: about.name, version: about.version, license: about.license }
  const known = new Map(inOrder.map((shipped) => [shipped.place, refOf(shipped)]))
  const direct = [
    ...Object.keys({ ...about.dependencies, ...about.optionalDependencies }),
    ...within.map(({ name }) => name),
  ]
  const refsAt = (places) => [...new Set(places.map((place) => known.get(place)).filter(Boolean))].sort()
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: {
      lifecycles: [{ phase: 'build' }],
      component: { ...component(own), description: about.description },
    },
    components: inOrder.map((shipped) => ({
      ...component(shipped),
      scope: shipped.isOptional ? 'optional' : 'required',
      ...(shipped.integrity && { hashes: [hashOf(shipped.integrity)] }),
      properties: [
        { name: 'betavae:bundled', value: String(within.some((other) => refOf(other) === refOf(shipped))) },
      ],
    })),
    dependencies: [
      { ref: refOf(own), dependsOn: refsAt(direct.map((name) => `node_modules/${name}`)) },
      ...inOrder.map((shipped) => ({ ref: refOf(shipped), dependsOn: refsAt(shipped.needs) })),
    ],
  }
}

const refOf = ({ name, version }) => `${name}@${version}`

const component = ({ name, version, license }) => ({
  'bom-ref': `${name}@${version}`,
  type: 'library',
  name,
  version,
  purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
  // Several licenses to choose from are an expression, one is an id.
  licenses: [/\s/.test(license) ? { expression: license } : { license: { id: license } }],
})

/** Of `sha512-<base64>`. */
function hashOf(integrity) {
  const [, bits, digest] = /^sha(\d+)-(.*)$/.exec(integrity)
  return { alg: `SHA-${bits}`, content: Buffer.from(digest, 'base64').toString('hex') }
}

function keep(name, text) {
  const path = join(root, name)
  if (!process.argv.includes('--check')) writeFileSync(path, text)
  else if (readFileSync(path, 'utf8') !== text) refuse(`${name} is not of what is shipped`)
}

function refuse(seen) {
  console.error(`${seen}. Fix: npm run notice, and exact versions of what is bundled`)
  process.exitCode = 1
}

checkPins()
keep('NOTICE', readFileSync(join(root, 'NOTICE'), 'utf8').split(BEGIN)[0].trimEnd() + notice())
keep('sbom.cdx.json', `${JSON.stringify(billOfMaterials(), null, 1)}\n`)
