import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '../../../test/databases/postgres-server.ts'
import type { Attack } from '../attack.ts'
import { claimed } from './claimed.ts'
import { scoredWithKills } from './parts.ts'
import type { Scene } from './scene.ts'
import { sweptWithKills } from './swept.ts'
import { throughput } from './throughput.ts'

const subjects: Readonly<Record<string, (scene: Scene) => ReturnType<Attack['run']>>> = {
  'sweep of 40': sweptWithKills,
  '100 parts': scoredWithKills,
  '10,000 jobs': claimed,
  'two workers': throughput,
}

export const queues: Attack = {
  name: 'queues',
  title: 'Queues',
  about:
    'Sweeps and scoring through a PostgreSQL server of their own, on one machine of two cores. Of four workers one is killed (SIGKILL) every five seconds, the server is restarted and the coordinator killed and started again meanwhile; every member must end once, with the bits of a run without a queue. Of a hundred tables every row must be scored once while workers are killed every two seconds. Jobs by the thousand are put, claimed, finished, taken and cleaned away, and what the tables weigh then is compared with what they weighed before. And two workers are timed against one.',
  subjects: Object.keys(subjects),
  times: 1,
  async run(name, _times, tell) {
    const place = await mkdtemp(join(tmpdir(), 'betavae-queues-'))
    const server = await startPostgres()
    try {
      return await subjects[name]({ place, server, tell })
    } finally {
      await server.stop()
      await rm(place, { recursive: true, force: true })
    }
  },
}
