/** What the package brings to its users beside its own code: by the lock file, and by what the built page holds. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build as bundle } from 'esbuild'
import { build as buildPage } from 'vite'
import { packed, packedOptions } from './packed.mjs'

export const root = fileURLToPath(new URL('..', import.meta.url))
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))

const FOLDER = 'node_modules/'
const nameOf = (place) => place.slice(place.lastIndexOf(FOLDER) + FOLDER.length)

/** A package by its place in the lock file. */
function packageAt(place) {
  const { version, license, integrity, optional = false, ...rest } = packages[place]
  const wanted = { ...rest.dependencies, ...rest.optionalDependencies }
  return {
    ...{ place, name: nameOf(place), version, license, integrity, isOptional: optional },
    needs: Object.keys(wanted)
      .map((name) => placeOf(name, place))
      .filter(Boolean),
  }
}

/** Where a package finds another: in its own folder, else in those around it. */
function placeOf(name, from) {
  for (let around = from; ; around = around.slice(0, Math.max(0, around.lastIndexOf(`/${FOLDER}`)))) {
    const place = `${around === '' ? '' : `${around}/`}${FOLDER}${name}`
    if (place in packages) return place
    if (around === '') return undefined
  }
}

/** What npm installs with the package. */
export const installed = reachedFrom(
  Object.keys({ ...packages[''].dependencies, ...packages[''].optionalDependencies }),
)

/** Packages by name, and all that they need. */
function reachedFrom(names) {
  const reached = new Map()
  const reach = (place) => {
    if (!place || reached.has(place)) return
    reached.set(place, packageAt(place))
    for (const next of reached.get(place).needs) reach(next)
  }
  for (const name of names) reach(placeOf(name, ''))
  return [...reached.keys()].sort().map((place) => reached.get(place))
}

/** The packages of which code is within the package's own files. */
export async function bundled() {
  const ids = new Set()
  const collecting = () => ({
    name: 'collecting',
    generateBundle(_, chunks) {
      for (const { modules = {} } of Object.values(chunks))
        for (const [id, { renderedLength }] of Object.entries(modules)) if (renderedLength > 0) ids.add(id)
    },
  })
  await buildPage({
    configFile: join(root, 'vite.config.ts'),
    plugins: [collecting()],
    worker: { plugins: () => [collecting()] },
    build: { write: false },
    logLevel: 'error',
  })
  for (const { entry } of packed) {
    const { metafile } = await bundle({ ...packedOptions, entryPoints: [entry], metafile: true })
    for (const id of Object.keys(metafile.inputs)) ids.add(id)
  }
  const places = [...ids].map(placeOfModule).filter(Boolean)
  return [...new Set(places)].sort().map(packageAt)
}

/** The package that a module is of; undefined for our own. */
function placeOfModule(id) {
  const [, path] = /(node_modules\/.*)/.exec(id.replaceAll('\\', '/')) ?? []
  // What bundlers add of their own has names such as \0vite/preload-helper.js.
  const [, tool] = /^\0(?:@oxc-project\+)?(vite|rolldown|runtime)[/@]/.exec(id) ?? []
  if (tool) return `${FOLDER}${tool === 'runtime' ? 'rolldown' : tool}`
  if (!path) return undefined
  const [, place] = /^((?:node_modules\/(?:@[^/]+\/)?[^/]+\/)+)/.exec(path) ?? []
  return place?.slice(0, -1)
}

/** The text of a package's license, if its folder holds one. */
export function licenseText({ place }) {
  const folder = join(root, place)
  if (!existsSync(folder)) throw new Error(`${place} is not installed. Fix: npm ci`)
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)(\.(md|txt))?$/i.test(name))
  const text = file && readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n')
  // Bundlers add the licenses of all that they bundle themselves, which is not in what they add to others.
  return text?.split(/^# Licenses of bundled dependencies/m)[0]
}

/** Who wrote a package: by its license, else by the head of its code, else by what it says of itself. */
export function copyrightOf(shipped) {
  const folder = join(root, shipped.place)
  const { author, main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const head = () =>
    main && existsSync(join(folder, main)) ? readFileSync(join(folder, main), 'utf8').slice(0, 400) : ''
  const found = copyrights(licenseText(shipped) ?? '')
  const lines = found.length > 0 ? found : copyrights(head())
  if (lines.length > 0) return lines
  return [`by ${(author?.name ?? author)?.replace(/ *<.*/, '') ?? 'its authors'}`]
}

const copyrights = (text) => {
  const lines = text.split('\n').map((line) => line.replace(/^[\s/*]+/, '').trim())
  return [
    ...new Set(lines.filter((line) => /^(©|copyright (\(c\)|©|\d))/i.test(line) && !line.includes('[yyyy]'))),
  ]
}
