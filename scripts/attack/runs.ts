import type { Attack } from './attack.ts'
export const runs: Attack = {
  name: 'runs',
  title: 'Runs',
  about: '',
  subjects: [],
  times: 1,
  run: async () => ({}),
}
