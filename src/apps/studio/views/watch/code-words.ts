/** What the KL of each dimension says about the code, in words. */
import { figure } from '../../charts/plot.ts'

/** Below this a dimension says next to nothing of its example, in nats. */
const SILENT = 0.1
const NAMED = 3

export function codeWords(klPerDimension: readonly number[]): string {
  const speaking = klPerDimension
    .map((kl, i) => ({ kl, name: i + 1 }))
    .filter(({ kl }) => kl > SILENT)
    .sort((a, b) => b.kl - a.kl)
  if (speaking.length === 0)
    return `None of ${klPerDimension.length} dimensions carries more than ${SILENT} nats.`
  const most = speaking.slice(0, NAMED).map(({ kl, name }) => `${name} (${figure(kl)})`)
  return `${speaking.length} of ${klPerDimension.length} dimensions carry more than ${SILENT} nats; most: ${most.join(', ')}.`
}
