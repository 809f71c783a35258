import { BetavaeError } from '../../../inside.node.ts'
import type { OptionSpec } from '../options.ts'

/** One `--set path=value`. */
export interface Assignment {
  readonly path: readonly string[]
  readonly value: unknown
}

/** Sets any place of a recipe: JSON where the value is JSON, else text. */
export const assignment: OptionSpec<Assignment> & { readonly repeats: true } = {
  argument: '<path=value>',
  description: 'set any place of the recipe; may be repeated',
  group: 'Other',
  repeats: true,
  read(text) {
    const [, path, value] = /^([^=]+)=(.*)$/s.exec(text) ?? refuseAssignment(text)
    const keys = path.split('.')
    // Names such as __proto__ would reach beyond the recipe.
    return keys.some((key) => key === '' || key in Object.prototype)
      ? refuseAssignment(text)
      : { path: keys, value: parsed(value) }
  },
}

const written = ({ path, value }: Assignment): string =>
  `--set ${path.join('.')}=${typeof value === 'string' ? value : JSON.stringify(value)}`

/** Runs a check of a recipe that `--set` has changed; its errors come out naming what was set. */
export function afterSetting<Checked>(assignments: readonly Assignment[], check: () => Checked): Checked {
  try {
    return check()
  } catch (error) {
    if (!(error instanceof BetavaeError) || assignments.length === 0) throw error
    const { code, seen, wanted, fix, usage } = error
    const words = assignments.map(written).join(' ')
    throw new BetavaeError({ code, seen: `${words}: ${seen}`, wanted, fix, usage, cause: error })
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function refuseAssignment(text: string): never {
  throw new BetavaeError({
    code: 'cli/set',
    seen: `--set ${text}`,
    wanted: 'path=value, with dots between the parts of the path',
    fix: 'write for example --set training.optimizer.beta2=0.99',
    usage: true,
  })
}
