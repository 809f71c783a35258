/** The op index as programs to compare engines on: a new op is covered when it is listed. */
import type { NDArray } from '../base/arrays.ts'
import { gradient } from '../graph/gradient.ts'
import { type Program, program } from '../graph/program.ts'
import { allReferences } from '../graph/reference/index.ts'
import { apply, type Tensor } from '../graph/tensor.ts'
import { probeInputs, probeValues, weighted } from './probing.ts'

/** Leaves have nothing to compute; piecewise constant ops have no slope to measure, what is detached shows none. */
export const leaves: readonly string[] = ['input', 'constant']
const flat = ['detach', 'floor', 'hardmax', 'sign', 'positive', 'greater', 'equal', 'cast']

/** One probe of one op, applied. */
export interface OpCase {
  readonly name: string
  readonly inputs: readonly Tensor[]
  readonly feeds: Readonly<Record<string, NDArray>>
  readonly output: Tensor
  /** Inputs that the op can be differentiated by; empty where it is flat. */
  readonly smooth: readonly Tensor[]
}

export const opCases: readonly OpCase[] = allReferences
  .filter(({ op }) => !leaves.includes(op.name))
  .flatMap(({ op, probes }) =>
    probes.map((probe, number) => {
      const inputs = probeInputs(probe.inputs)
      return {
        name: `${op.name} #${number}`,
        inputs,
        feeds: Object.fromEntries(probe.inputs.map((spec, i) => [`x${i}`, probeValues(spec, i + 1)])),
        output: apply(op, inputs, probe.attributes),
        smooth: flat.includes(op.name) ? [] : inputs.filter((_, i) => probe.inputs[i].dtype === undefined),
      }
    }),
  )

/** Derivatives of a scalar that weighs the case's output. */
export const slopesOf = ({ output, smooth }: OpCase): Tensor[] =>
  smooth.length === 0 ? [] : gradient(weighted(output), smooth)

/** The case's output and derivatives as one program. */
export const programOf = (opCase: OpCase): Program =>
  program('probe', {
    output: opCase.output,
    ...Object.fromEntries(slopesOf(opCase).map((slope, i) => [`slope${i}`, slope])),
  })
