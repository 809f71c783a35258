/** Every kind of code. To add one: its file, and one line here. */
import { deterministic } from './deterministic.ts'
import { flow } from './flow.ts'
import { gaussian } from './gaussian.ts'
import type { Latent } from './latent.ts'

export const allLatents: readonly Latent[] = [gaussian, flow, deterministic]
