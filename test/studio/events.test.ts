import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { answerBy } from '../../src/apps/server/answering.ts'
import type { Question, ServerEvent } from '../../src/apps/server/route.ts'

test('whoever reads slowly is waited for without another listener each time', async () => {
  const listeners: number[] = []
  const server = createServer(async (_, response) => {
    async function* events(): AsyncGenerator<ServerEvent> {
      for (let i = 0; i < 40; i++) {
        listeners.push(response.listenerCount('close') + response.listenerCount('error'))
        yield { event: 'large', data: 'x'.repeat(200_000) }
      }
    }
    const route = { path: 'large', answer: async () => ({ events: events() }) }
    await answerBy(route, {} as Question, response, false)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    expect((await answer.text()).match(/^event: large$/gm)).toHaveLength(40)
    expect(listeners.at(-1)).toBe(listeners[1])
  } finally {
    server.close()
  }
})
