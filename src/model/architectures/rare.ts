/** Those that few models have, loaded when one is named. To add one: its file, and one line here. */
import { conv1d } from './conv1d.ts'
import { higgins } from './higgins.ts'
import { locatello } from './locatello.ts'

export const rareArchitectures = [locatello, higgins, conv1d] as const
