import { bash } from './bash.ts'
import { fish } from './fish.ts'
import type { Shell } from './shell.ts'
import { zsh } from './zsh.ts'

/** Every shell that can be taught. */
export const shells: readonly Shell[] = [bash, zsh, fish]
