/** Every architecture. To add one: its file, and one line here. */
import type { Architecture } from './architecture.ts'
import { mlp } from './mlp.ts'

export const allArchitectures: readonly Architecture[] = [mlp]
