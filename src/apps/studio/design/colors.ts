/** Colors of the tokens as a canvas takes them, which knows no custom properties. */

/** What `var(--name)` comes to where the element stands, as `rgb(…)`. */
export function colorsOf<Name extends string>(
  element: Element,
  names: readonly Name[],
): Record<Name, string> {
  const probe = document.createElement('span')
  probe.hidden = true
  element.append(probe)
  const read = (name: Name) => {
    probe.style.color = `var(--${name})`
    return getComputedStyle(probe).color
  }
  const colors = Object.fromEntries(names.map((name) => [name, read(name)])) as Record<Name, string>
  probe.remove()
  return colors
}
