/** A term of one's own: no dimension of the code should fall below a floor. All else follows from its loss. */
import { open, openData, preview, train } from 'betavae'
import { defineTerm, relu, sub, sumPerExample } from 'betavae/graph'
import * as z from 'zod'

const atLeast = defineTerm({
  ...{ name: 'at-least', on: 'code', option: 'at-least', symbol: 'λ', defaultWeight: 1 },
  summary: 'distance of codes below a floor',
  options: z.strictObject({ floor: z.number().default(0) }),
  formula: ({ floor }) => `Σ max(${floor} − z, 0)`,
  loss: ({ model }, { floor }) => sumPerExample(relu(sub(floor, model.posterior.mean))),
  reading: (weight, { floor }) => `below ${floor} a code's density falls like exp(${weight}·z)`,
})

const dataset = await openData('digits')
const own = { term: 'at-least', weight: 100, floor: -0.5 } as const
const objective = { terms: [{ term: 'kl', weight: 1 }, own] } as const
const draft = { objective, training: { epochs: 20, seed: 1 } }
const { ledger } = await preview(draft, dataset, { parts: [atLeast] })
console.log(ledger.formula, ledger.terms[1])
using model = await open(await train(draft, { dataset, parts: [atLeast] }))
const { mean } = await model.encode(await dataset.read([0, 1, 2, 3]))
export const result = { ledger, least: Math.min(...mean.data), most: Math.max(...mean.data) }
