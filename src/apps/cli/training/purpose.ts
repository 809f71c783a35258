import { format, type RunDirectory } from '../../../inside.node.ts'
import type { Terminal } from '../terminal/terminal.ts'

type Training = RunDirectory['recipe']['training']

/** Says what kind of model of a table is made, and when its training ends. */
export function sayPurpose({ recipe: { data, model, training } }: RunDirectory, terminal: Terminal): void {
  if (!data.table) return
  const { hidden } = model.architecture
  const network = Array.isArray(hidden) ? `${hidden.join(' and ')} units, ` : ''
  terminal.say(`${kindOf(training)}: ${network}${model.latent.size} numbers of code; ${endOf(training)}`)
}

const kindOf = ({ for: purpose, patience }: Training): string => {
  if (purpose === undefined) return patience === null ? 'a short training' : 'a density'
  return {
    anomalies: 'a detector of strange rows',
    gaps: 'a density for gaps',
    rows: 'a density for new rows',
  }[purpose]
}

const endOf = ({ for: purpose, steps, patience }: Training): string => {
  const most = format.counted(steps, 'step')
  if (patience !== null)
    return `ends when the held-out rows have not improved for ${format.counted(patience, 'epoch')}, after ${most} at most`
  return purpose === 'anomalies' ? `${most}, few enough not to learn the strange rows, too` : most
}
