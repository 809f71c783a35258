/** Colors of the tokens as a canvas takes them, which knows no custom properties. */

/** By name, as they are in the theme that `readIn` names. */
const read = new Map<string, string>()
let readIn: string | undefined

/** What `var(--name)` comes to, as `rgb(…)`. Asking the styles costs a layout of them, so each theme is asked once. */
export function colorsOf<Name extends string>(names: readonly Name[]): Record<Name, string> {
  const isDark = matchMedia('(prefers-color-scheme: dark)').matches
  const theme = `${document.documentElement.dataset.theme ?? ''} ${isDark}`
  if (theme !== readIn) read.clear()
  readIn = theme
  readAll(names.filter((name) => !read.has(name)))
  return Object.fromEntries(names.map((name) => [name, read.get(name)])) as Record<Name, string>
}

/** All probes are there before the first is looked at: styles are then worked out once. */
function readAll(names: readonly string[]): void {
  if (names.length === 0) return
  const probes = names.map((name) => {
    const probe = document.createElement('span')
    probe.hidden = true
    probe.style.color = `var(--${name})`
    return probe
  })
  document.body.append(...probes)
  probes.forEach((probe, i) => {
    read.set(names[i], getComputedStyle(probe).color)
  })
  for (const probe of probes) probe.remove()
}
