/** Colors of classes and levels, one set for a light background and one for a dark. */

/** A color as it is on either background. */
export interface Tone {
  readonly light: string
  readonly dark: string
}

/**
 * Ten classes. Chosen by annealing: with normal sight and without one kind of cone (Machado et al. 2009) any two stay
 * apart, and each stands out from its background by 3:1 at least (WCAG 1.4.11).
 */
export const classTones: readonly Tone[] = [
  { light: '#188afc', dark: '#4ea2f6' },
  { light: '#ae6000', dark: '#fca23c' },
  { light: '#0c8a5a', dark: '#42de9c' },
  { light: '#7e0024', dark: '#d2061e' },
  { light: '#6c36d8', dark: '#a23cde' },
  { light: '#784e1e', dark: '#ae8a5a' },
  { light: '#c60696', dark: '#fc4eba' },
  { light: '#065a60', dark: '#9cf6fc' },
  { light: '#a89000', dark: '#fce412' },
  { light: '#8a9096', dark: '#666c72' },
]

/** Red, green and blue, 0 to 255. */
export const channelsOf = (color: string): [number, number, number] => {
  const number = Number.parseInt(color.slice(1), 16)
  return [number >> 16, (number >> 8) & 255, number & 255]
}

/** From low to high, growing steadily lighter. */
const RAMP = {
  light: ['#231a66', '#6a2590', '#a83384', '#cc4f5c', '#cc7a14'],
  dark: ['#5d63c9', '#9a5fd0', '#d966a8', '#f7916f', '#fbdd7a'],
} as const
const LEVELS = 16

/** Sixteen steps of a ramp, for levels that are too many for colors of their own. */
export const levelTones: readonly Tone[] = Array.from({ length: LEVELS }, (_, i) => ({
  light: along(RAMP.light, i / (LEVELS - 1)),
  dark: along(RAMP.dark, i / (LEVELS - 1)),
}))

function along(stops: readonly string[], share: number): string {
  const place = share * (stops.length - 1)
  const before = Math.min(stops.length - 2, Math.floor(place))
  const [from, to] = [channelsOf(stops[before]), channelsOf(stops[before + 1])]
  const mixed = from.map((value, c) => Math.round(value + (to[c] - value) * (place - before)))
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

const named = [
  ...classTones.map((tone, i) => ({ name: `class-${i}`, tone })),
  ...levelTones.map((tone, i) => ({ name: `level-${i}`, tone })),
]

/** All tones as custom properties, to stand beside a style sheet's other colors. */
export const toneVariables = (background: keyof Tone): string =>
  named.map(({ name, tone }) => `--${name}:${tone[background]};`).join('')

/** A style class for each tone. */
export const toneClasses = named.map(({ name }) => `.${name}{--tone:var(--${name})}`).join('')

/** The color that a style class of a tone has. */
export const toneNamed = (name: string): Tone => named.find((one) => one.name === name)?.tone ?? classTones[0]
