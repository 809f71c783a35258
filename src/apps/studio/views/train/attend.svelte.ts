import { session } from '../../session/session.svelte.ts'
import { draft } from './draft.svelte.ts'

/**
 * Keeps the draft in step with the session while the calling component is there: the worker reads every choice out, and
 * a training that was not begun from the draft, such as one that goes on after a reload, becomes the draft.
 */
export function attend(): void {
  $effect(() => {
    if (session.started && session.isTraining) draft.adopt(session.started.recipe)
  })
  $effect(() => {
    if (session.data) draft.consider(draft.recipe)
  })
}
