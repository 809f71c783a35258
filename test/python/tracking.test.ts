/** Runs exported for TensorBoard and MLflow, read by TensorBoard and MLflow. */
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { leaveFor, temporaryFolder, told } from '../../src/apps/cli/running.testing.ts'
import { openRun, type RunDirectory } from '../../src/inside.node.ts'
import { findPython, runPython } from './python.ts'

const tensorboard = findPython(['tensorboard'])
const mlflow = findPython(['mlflow'], ['mlflow-skinny'])
const python = tensorboard ?? mlflow

const home = process.cwd()
const folder = await temporaryFolder()

type Curves = Readonly<Record<string, readonly (readonly [step: number, value: number])[]>>

interface Found {
  readonly tensorboard?: Curves
  readonly mlflow?: {
    readonly name: string
    readonly status: string
    readonly params: Readonly<Record<string, string>>
    readonly metrics: Curves
  }
}

describe.skipIf(!python)('in Python', () => {
  let found: Found
  let run: RunDirectory
  beforeAll(async () => {
    process.chdir(folder.path)
    await told(...'train digits --beta 4 --steps 30 --latent 3 --hidden 8 --no-report --out run'.split(' '))
    await told(...'export run --to tensorboard --out logs'.split(' '))
    await told(...'export run --to mlflow --out mlruns'.split(' '))
    found = runPython(python as string, folder.path, [join(import.meta.dirname, 'read_tracking.py')]) as Found
    run = await openRun('run')
  }, 60_000)
  afterAll(async () => {
    await leaveFor(home)
    await folder.remove()
  })

  /** Figures of the log itself. */
  async function logged() {
    const events = await run.events()
    const steps = events.filter((event) => event.kind === 'step')
    const epochs = events.filter((event) => event.kind === 'epoch')
    return {
      'step/loss': steps.map(({ step, loss }) => [step, loss]),
      'step/weights/kl': steps.map(({ step, weights }) => [step, weights.kl]),
      'epoch/validation/elbo': epochs.map(({ step, validation }) => [step, validation?.elbo]),
      'epoch/klPerDimension/2': epochs.map(({ step, klPerDimension }) => [step, klPerDimension?.[2]]),
    }
  }

  test.skipIf(!tensorboard)('TensorBoard reads every curve, in float32', async () => {
    for (const [tag, wanted] of Object.entries(await logged())) {
      expect(wanted.length).toBeGreaterThan(1)
      expect(found.tensorboard?.[tag], tag).toEqual(
        wanted.map(([step, value]) => [step, Math.fround(Number(value))]),
      )
    }
  })

  test.skipIf(!mlflow)('MLflow reads every curve and the recipe', async () => {
    expect(found.mlflow).toMatchObject({ name: 'run', status: 'FINISHED' })
    expect(found.mlflow?.params).toMatchObject({ 'model.latent.size': '3', 'objective.terms.0.weight': '4' })
    for (const [name, wanted] of Object.entries(await logged()))
      expect(found.mlflow?.metrics[name], name).toEqual(wanted)
  })
})
