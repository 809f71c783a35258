/** The gallery: pictures that scripts of this repository made. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pictureLines, trainingLines } from './gallery-lines.ts'

const picture = ([path, words, line]: Picture): string =>
  `<figure><img src="files/${path}" alt="${words}" loading="lazy"><figcaption>${words}${line === undefined ? '' : ` · <code>${line}</code>`}</figcaption></figure>`

type Picture = readonly [path: string, words: string, line?: string]

const VIEWS: Readonly<Record<string, string>> = {
  tour: 'The tour: β is moved while a model trains, and the KL falls',
  train: 'Train: a model and its objective are chosen',
  watch: 'Watch: curves, KL by dimension, reconstructions and samples while it trains',
  explore: 'Explore: codes in a plane, sliders, walks and neighbors',
  compare: 'Compare: runs beside each other',
  sweep: 'Compare: a sweep with its rate–distortion frontier',
  takeaway: 'Take away: files of the model',
}

export interface Gallery {
  readonly markdown: string
  readonly files: readonly string[]
}

const ofModels: readonly Picture[] = pictureLines.map(({ file, line, words }) => [
  `docs/gallery/${file}`,
  words,
  `npx betavae ${line} --out ${file}`,
])

const ofPages: readonly Picture[] = [
  ['docs/report.png', 'The report of a run, which every training writes', 'npx betavae train mnist'],
  ['examples/tables/cardio.svg', 'Strange rows among heart rates', 'node examples/tables/cardio-picture.ts'],
  [
    'docs/gallery/lines.png',
    'Two pumps over ten days, and where they are odd',
    'node scripts/series-picture.ts',
  ],
  [
    'examples/tables/penguins.svg',
    'Gaps in a table of penguins, filled',
    'node examples/tables/penguins-picture.ts',
  ],
]

const ofStudio: readonly Picture[] = Object.entries(VIEWS).map(([view, words]) => [
  `docs/studio/${view}-1440-light.png`,
  words,
])

export function gallery(root: string): Gallery {
  const groups = { 'What models make': ofModels, 'Reports and tables': ofPages, 'The studio': ofStudio }
  const there = (pictures: readonly Picture[]) => pictures.filter(([path]) => existsSync(join(root, path)))
  const sections = Object.entries(groups).map(
    ([title, pictures]) => `## ${title}\n\n${there(pictures).map(picture).join('\n\n')}`,
  )
  return {
    files: Object.values(groups).flatMap((pictures) => there(pictures).map(([path]) => path)),
    markdown: `# Gallery

Every picture here was made by a script of the repository, by the line that stands under it; models by \`${trainingLines.map((line) => `npx betavae ${line}`).join('` and `')}\`, the studio's views by \`npm run screenshots\` ([its page](studio.html) has them in dark, and narrow).

${sections.join('\n\n')}
`,
  }
}
