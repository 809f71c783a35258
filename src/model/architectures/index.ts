/** Every architecture. To add one: its file, and one line here. Options without a name go to the first that has them. */
import type { Architecture } from './architecture.ts'
import { burgess } from './burgess.ts'
import { conv } from './conv.ts'
import { higgins } from './higgins.ts'
import { locatello } from './locatello.ts'
import { mlp } from './mlp.ts'
import { resnet } from './resnet.ts'

const house = [mlp, conv, resnet, burgess, locatello, higgins] as const

/** One of the house's own, with its name and options in its type. */
export type HouseArchitecture = (typeof house)[number]

export const allArchitectures: readonly Architecture[] = house
