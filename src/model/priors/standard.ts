import * as z from 'zod/mini'
import { definePrior } from './prior.ts'

/** N(0, I). */
export const standard = definePrior({
  name: 'standard',
  summary: 'N(0, I), a standard normal in every dimension',
  options: z.strictObject({}),
  isStandard: true,
  formula: () => 'N(0, I)',
  components: () => undefined,
})
