/** What must not compile, with parts of one's own and without. */
import { openData, preview, train, trainTable } from 'betavae'
import { trainRun } from 'betavae/runs'
import { cushioned, degrees, towards } from './parts.ts'

const dataset = await openData('digits')
const parts = [towards, cushioned, degrees]

train({ objective: { terms: [{ term: 'towards', weight: 1, place: 3 }] } }, { dataset, parts })
train({ model: { likelihood: { name: 'cushioned', scale: 2 } } }, { dataset, parts })
// @ts-expect-error no preset of that name
train({ objective: { name: 'beta-vea' } }, { dataset })
// @ts-expect-error no such key
train({ model: { latent: { nmae: 'gaussian' } } }, { dataset })
// @ts-expect-error no term of that name
train({ objective: { terms: [{ term: 'twoards', weight: 1 }] } }, { dataset, parts })
// @ts-expect-error the term has no such option
train({ objective: { terms: [{ term: 'towards', weight: 1, plaec: 3 }] } }, { dataset, parts })
// @ts-expect-error no likelihood of that name
preview({ model: { likelihood: { name: 'cushoined' } } }, dataset, { parts })
// @ts-expect-error the likelihood is not at hand
trainRun({ data: { source: 'digits' }, model: { likelihood: { name: 'cushioned' } } })
// @ts-expect-error no kind of that name
trainTable([], { data: { kinds: { wind: 'degreees' } } }, { parts })
