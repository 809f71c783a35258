import type { Given } from './given.ts'

/** Values of a condition in a text such as `label=3,age=40`, in quotes where they hold a comma; undefined where it is none. */
export function givenIn(text: string): Given | undefined {
  const parts = text.match(/(?:"[^"]*"|[^,"])+/g) ?? []
  const read = parts.map((part) => /^\s*([^=]+?)\s*=\s*(.*?)\s*$/s.exec(part))
  if (read.length === 0 || read.includes(null)) return undefined
  return Object.fromEntries(
    read.map((part) => [part?.[1] ?? '', (part?.[2] ?? '').replace(/^"(.*)"$/s, '$1')]),
  )
}
