import type { Layers } from '../parameters.ts'

/** The layers of a part of a network, under its name. */
export const under =
  (layers: Layers, name: string): Layers =>
  (path) =>
    layers(`${name}.${path}`)
