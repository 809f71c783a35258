/** Every option, command, package, function and file that the fix of any error names is there. */
import { beforeAll, expect, test } from 'vitest'
import { fixesInSource } from './fixes.ts'
import { missingIn, type OptionsByVerb, optionsByVerb } from './names.ts'
import { HOLE } from './texts.ts'

/** Where a fix is handed on as another error had it. */
const HANDED_ON = [
  'src/apps/cli/doctor/machine.ts',
  'src/apps/cli/failure.ts',
  'src/apps/cli/recipe/assignment.ts',
  'src/api/node/serve/problem.ts',
  'src/api/node/serve/serving-thread.ts',
  'src/apps/serve/schemas.ts',
  'src/apps/server/failure.ts',
  'src/apps/studio/worker/failure.ts',
  'src/base/crossing.ts',
  'src/data/in-file.ts',
  // These choose among objects that hold fixes, each of which is found where it is written.
  'src/data/formats/npy.ts',
  'src/data/tables/foreign.ts',
  'src/objective/conventions.ts',
  'src/recipe/support.ts',
]

const fixes = fixesInSource()
let options: OptionsByVerb

beforeAll(async () => {
  options = await optionsByVerb()
})

test('what every fix says is read from the source', () => {
  expect(fixes.flatMap(({ texts }) => texts).length).toBeGreaterThan(440)
  const unread = fixes.filter(({ texts }) => texts.some((text) => text.replaceAll(HOLE, '').trim() === ''))
  expect(unread.map(({ place }) => place.split(':')[0]).sort()).toEqual([...HANDED_ON].sort())
})

test('every name in it is there', () => {
  const missing = fixes.flatMap(({ place, texts }) =>
    texts.flatMap((text) => missingIn(text, options).map((name) => `${place}: ${name} in "${text}"`)),
  )
  expect(missing).toEqual([])
})

test.each([
  'use --frobnicate',
  'use --latent many',
  'go on with: betavae frobnicate',
  'npm install nothing-of-ours',
  'npm run nothing',
  'see betavae/nothing',
  'call frobnicate()',
  'call trainNothing(rows)',
  'pass { frobs }',
  'numpy.frobnicate(array)',
  'look into frobs.json',
  'set FROBNICATE',
  'see GET /frobs',
])('a name of nothing is found: %s', (advice) => {
  expect(missingIn(advice, options)).not.toEqual([])
})
