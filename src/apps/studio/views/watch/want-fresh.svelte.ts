import { session } from '../../session/session.svelte.ts'

/** Has pictures made while the calling component is there: they cost training time, so nobody else pays for them. */
export function wantFresh(): void {
  $effect(() => {
    if (!session.isTraining) return
    void session.ask('watch', { fresh: true }).catch(() => undefined)
    return () => void session.ask('watch', { fresh: false }).catch(() => undefined)
  })
}
