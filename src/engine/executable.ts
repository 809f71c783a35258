import type { NDArray } from '../base/arrays.ts'
import { fail } from '../base/errors.ts'
import { type Bindings, formatShape, resolveShape, sameShape } from '../base/shape.ts'
import type { Program, ProgramInput } from '../graph/program.ts'
import type { Executable, Feeds, LoadOptions } from './engine.ts'
import { checkFeeds } from './feeds.ts'

/** Which inputs and outputs of a program are constant, carried, fed and returned. */
export interface Plan
  extends Required<Omit<LoadOptions, 'threads' | 'rests'>>,
    Pick<LoadOptions, 'threads' | 'rests'> {
  readonly program: Program
  readonly fed: readonly ProgramInput[]
  readonly carried: readonly ProgramInput[]
  readonly returned: readonly string[]
}

/** What an engine itself does; it may rely on every feed, state and target having been checked. */
export interface Execution {
  run(feeds: Feeds, into: Feeds, sizes: Bindings): Promise<Record<string, NDArray>>
  state(): Promise<Record<string, NDArray>>
  release(): void
}

/** Checks at the door, once for all engines: constants and state when loading, feeds and targets at every run. */
export async function openExecutable(
  program: Program,
  options: LoadOptions,
  open: (plan: Plan) => Promise<Execution>,
): Promise<Executable> {
  const plan = planOf(program, options)
  const given = { ...plan.constants, ...plan.state }
  const sizes = checkFeeds(
    program,
    program.inputs.filter(({ name }) => name in plan.constants || name in plan.carry),
    given,
  )
  const execution = await open(plan)
  let isOpen = true
  const dispose = () => {
    if (isOpen) execution.release()
    isOpen = false
  }
  return {
    async run(feeds, into = {}) {
      if (!isOpen) refuseDisposed(program)
      const bindings = checkFeeds(program, plan.fed, feeds, sizes)
      checkTargets(program, into, bindings)
      return execution.run(feeds, into, bindings)
    },
    async state() {
      if (!isOpen) refuseDisposed(program)
      return execution.state()
    },
    dispose,
    [Symbol.dispose]: dispose,
  }
}

function planOf(program: Program, { constants = {}, carry = {}, state = {}, ...how }: LoadOptions): Plan {
  for (const [input, output] of Object.entries(carry))
    if (!program.inputs.some(({ name }) => name === input) || !program.outputs[output])
      fail({
        code: 'engine/carry',
        seen: `program "${program.name}" told to carry output "${output}" to input "${input}"`,
        wanted: 'an output and an input that it has',
        fix: `outputs are ${Object.keys(program.outputs).join(', ')}; inputs are ${program.inputs.map(({ name }) => name).join(', ')}`,
      })
  const kept = new Set(Object.values(carry))
  return {
    program,
    ...how,
    constants,
    carry,
    state,
    fed: program.inputs.filter(({ name }) => !(name in constants) && !(name in carry)),
    carried: program.inputs.filter(({ name }) => name in carry),
    returned: Object.keys(program.outputs).filter((name) => !kept.has(name)),
  }
}

function checkTargets(program: Program, into: Feeds, sizes: Bindings): void {
  for (const [name, target] of Object.entries(into)) {
    const shape = program.outputs[name] && resolveShape(program.outputs[name].shape, sizes)
    if (!shape || !sameShape(shape, target.shape))
      fail({
        code: 'engine/target-shape',
        seen: `an array of shape ${formatShape(target.shape)} for output "${name}" of program "${program.name}"`,
        wanted: shape ? formatShape(shape) : `one of the outputs ${Object.keys(program.outputs).join(', ')}`,
        fix: 'give an array of the shape of an output',
      })
  }
}

function refuseDisposed(program: Program): never {
  return fail({
    code: 'engine/disposed',
    seen: `program "${program.name}" was used after dispose()`,
    wanted: 'an executable that is still open',
    fix: 'load the program again, or dispose later',
  })
}
