import { defineCommand } from '../command.ts'
import { examineMachine } from '../doctor/machine.ts'
import { examineRun } from '../doctor/run.ts'
import { runArgument } from '../model/arguments.ts'
import { json } from '../options.ts'

export const command = defineCommand({
  arguments: [{ ...runArgument, optional: true }],
  options: { json },
  examples: [
    ['', 'engines, threads, versions and data, each tried'],
    ['runs/mnist-1', 'collapse, idle units, overfitting, …: what a run’s numbers say, and what to change'],
  ],
  run: ({ args: [path], values: { json }, parts, terminal }) =>
    path === undefined ? examineMachine(terminal, json) : examineRun(path, { terminal, parts }, json),
})
