/** What an epoch says about the code, in words. */
import type { EpochEvent } from '../../../../inside.ts'
import { figure } from '../../charts/plot.ts'

const NAMED = 3

/** How many dimensions are active, and which carry most; `kl` in nats by dimension. */
export function codeWords(kl: readonly number[], { activeUnits }: Pick<EpochEvent, 'activeUnits'>): string {
  const most = kl
    .map((nats, i) => ({ nats, name: i }))
    .sort((a, b) => b.nats - a.nats)
    .slice(0, NAMED)
    .map(({ nats, name }) => `z${name} (${figure(nats)} nats)`)
    .join(', ')
  if (activeUnits === undefined) return `Most is carried by ${most}.`
  if (activeUnits === 0) return `None of ${kl.length} dimensions is active.`
  return `${activeUnits} of ${kl.length} dimensions ${activeUnits === 1 ? 'is' : 'are'} active; most is carried by ${most}.`
}
