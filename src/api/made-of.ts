import { fail } from '../base/errors.ts'
import type { Engine } from '../engine/engine.ts'
import type { Found } from './found.ts'

/** What an open model is made of: what its users need not see, and judging or saving it does. */
export interface MadeOf {
  readonly found: Found
  /** What it runs on in this thread. */
  engine(): Promise<Engine>
}

/** Kept beside models and not in them, so that a model stays an interface that anyone may implement. */
const known = new WeakMap<object, MadeOf>()

/** The same model, of which it is known from here on what it is made of. */
export function remember<Opened extends object>(model: Opened, made: MadeOf): Opened {
  known.set(model, made)
  return model
}

/** What a model is made of. Error: `open/foreign-model` for one that was not opened here. */
export const madeOf = (model: object): MadeOf =>
  known.get(model) ??
  fail({
    code: 'open/foreign-model',
    seen: 'a model that open(), openTableModel() and trainTable() did not give',
    wanted: 'one of theirs, which knows its recipe and its weights',
    fix: 'open the model with one of them, and give what they gave and no copy of it',
    usage: true,
  })
