import { type Dataset, openArrayBytes, sources } from '../../../../inside.ts'
import type { Host } from '../host.ts'

/** A data set that comes with the page. */
export interface Bundled {
  readonly name: string
  readonly summary: string
  load(host: Pick<Host, 'asset'>): Promise<Dataset>
}

/** Those of the library that need no package installed. */
const own = sources
  .filter(({ name }) => ['digits', 'discs'].includes(name))
  .map(
    ({ name, summary, load }): Bundled => ({
      name,
      summary,
      load: () => load({ packageFolder: async () => undefined }),
    }),
  )

/** Every data set that comes with the page. To add one: one entry here. */
export const bundled: readonly Bundled[] = [
  ...own.slice(0, 1),
  {
    name: 'mnist-sample',
    summary: '2,000 of the 60,000 handwritten digits of MNIST, 28×28',
    load: async ({ asset }) =>
      openArrayBytes('mnist-sample.npz', await asset('mnist-sample'), { classes: 10 }),
  },
  ...own.slice(1),
]
