/** Those that few models have. To add one: its file, and one line here. */
import { burgess } from './burgess.ts'
import { higgins } from './higgins.ts'
import { locatello } from './locatello.ts'
import { resnet } from './resnet.ts'

export const rare = [resnet, burgess, locatello, higgins] as const
