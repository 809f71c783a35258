import { expect, test } from 'vitest'
import type { Batch } from './protocol.ts'
import { ServingThread } from './serving-thread.ts'

test('what cannot be sent to a thread is refused, and does not occupy it', async () => {
  const task = { brought: [], bytes: new Uint8Array(), file: '', mostRows: 1, unseen: 'missing' } as const
  const thread = new ServingThread({ ...task, model: { name: 'm', version: '1' } }, () => undefined)
  const batch = { bytes: new Uint8Array(1), options: () => undefined } as unknown as Batch
  await expect(thread.ask(batch)).rejects.toThrow('could not be cloned')
  await expect(thread.ask(batch)).rejects.toThrow('could not be cloned')
  await expect(thread.ready).rejects.toThrow()
  await thread.ended
})
