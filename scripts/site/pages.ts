/** What the site holds, in the order of its menu. Paths of sources are from the root. */
import { rings } from '../declarations.mjs'

export interface PageSource {
  /** Its address on the site, without its ending. */
  readonly at: string
  readonly title: string
  /** The Markdown that it is made of; pages without one are generated. */
  readonly source?: string
}

export interface Section {
  readonly title: string
  readonly pages: readonly PageSource[]
}

const guide = (at: string, title: string): PageSource => ({ at, title, source: `docs/site/${at}.md` })
const doc = (at: string, title: string): PageSource => ({ at, title, source: `docs/${at}.md` })
/** A page of the repository from elsewhere than docs/. */
const paper = (at: string, title: string, source: string): PageSource => ({ at, title, source })

/** The address of an entry's page, without its ending. */
export const addressOfRing = (ring: string): string => `api-${ring.replace('/', '-')}`

export const sections: readonly Section[] = [
  {
    title: 'Begin',
    pages: [
      guide('index', 'Start'),
      guide('install', 'Installing'),
      guide('beta', 'What β does'),
      guide('choosing', 'Choosing β'),
      doc('studio', 'The studio'),
      guide('features', 'All that it does'),
      { at: 'gallery', title: 'Gallery' },
    ],
  },
  {
    title: 'Your data',
    pages: [
      guide('tables', 'Tables'),
      guide('images', 'Images and arrays'),
      doc('synthesis', 'New rows'),
      paper('cardio', 'Worked: strange rows', 'examples/tables/cardio.md'),
      paper('penguins', 'Worked: gaps', 'examples/tables/penguins.md'),
      guide('own', 'Your own parts'),
    ],
  },
  {
    title: 'Use a model',
    pages: [
      guide('code', 'From code'),
      guide('in-a-page', 'In a page'),
      doc('serve', 'In a server'),
      doc('score-onnx', 'Where the data lie'),
    ],
  },
  {
    title: 'Beyond one machine',
    pages: [
      doc('shards', 'Jobs in shards'),
      doc('queue', 'Sweeps on a queue'),
      doc('search', 'Sweeps over any option'),
      doc('same-bits', 'What is the same to the bit'),
    ],
  },
  {
    title: 'For researchers',
    pages: [
      guide('research', 'Metrics and likelihoods'),
      doc('family', 'The family of objectives'),
      doc('samplers', 'Where samples come from'),
      doc('reproduced', 'Published results'),
      doc('right', 'Is it right?'),
      doc('speed', 'Is it fast?'),
      doc('attacks', 'Attacks'),
      doc('mutants', 'Do the tests notice?'),
    ],
  },
  {
    title: 'Reference',
    pages: [
      { at: 'errors', title: 'Errors and what to do' },
      { at: 'commands', title: 'Commands and options' },
    ],
  },
  {
    title: 'The library',
    pages: [
      { at: 'api', title: 'Every name' },
      ...Object.keys(rings).map((ring) => ({ at: addressOfRing(ring), title: ring })),
    ],
  },
  {
    title: 'The project',
    pages: [
      paper('changelog', 'Changes', 'CHANGELOG.md'),
      paper('contributing', 'Contributing', 'CONTRIBUTING.md'),
      paper('architecture', 'Architecture', 'ARCHITECTURE.md'),
      paper('security', 'Security', 'SECURITY.md'),
    ],
  },
]

export const allPages: readonly PageSource[] = sections.flatMap(({ pages }) => pages)

/** Where a Markdown file of the repository stands on the site; undefined of what is not on it. */
export const addressOf = (source: string): string | undefined =>
  allPages.find((page) => page.source === source)?.at
