import type { Evaluation } from '../../evaluate/evaluation.ts'
import { fixed } from '../format.ts'
import { html, type Markup } from '../html.ts'
import type { ComparedRun } from './input.ts'

interface Measure {
  readonly name: string
  readonly words: string
  readonly decimals?: number
  /** Which of two values is the better one; absent where that is a matter of taste. */
  readonly better?: 'higher' | 'lower'
  of(evaluation: Evaluation): number | null | undefined
}

const measures: readonly Measure[] = [
  {
    name: 'ELBO',
    words: 'log p(x) of an example is at least this, at β = 1 whatever was trained with',
    better: 'higher',
    of: ({ elbo }) => elbo,
  },
  {
    name: '−log p(x)',
    words: 'estimated by importance sampling',
    better: 'lower',
    of: ({ nll }) => nll?.estimate,
  },
  {
    name: 'Reconstruction',
    words: 'what an example still costs once its code is known',
    better: 'lower',
    of: ({ reconstruction }) => reconstruction,
  },
  { name: 'KL', words: 'what the code costs', of: ({ kl }) => kl },
  {
    name: 'Index–code information',
    words: 'what a code tells of which example it is from',
    of: ({ klSplit }) => klSplit?.indexCodeMutualInformation,
  },
  {
    name: 'Total correlation',
    words: 'what dimensions of the code tell of each other',
    of: ({ klSplit }) => klSplit?.totalCorrelation,
  },
  {
    name: 'Aggregate gap',
    words: 'how far codes of data lie from where samples are drawn',
    of: ({ klSplit }) => klSplit?.aggregateGap,
  },
  {
    name: 'Bits per dimension',
    words: '−ELBO in bits, shared among the numbers of an example',
    decimals: 3,
    better: 'lower',
    of: ({ bitsPerDimension }) => bitsPerDimension,
  },
  {
    name: 'Active units',
    words: 'dimensions of the code that change with the example',
    decimals: 0,
    of: ({ activeUnits }) => activeUnits,
  },
  {
    name: 'Perplexity',
    words: 'as many levels of a discrete code, used alike, would tell as much',
    decimals: 1,
    of: ({ levelUse }) => levelUse?.perplexity,
  },
]

/** What both came to, beside each other; the better number is marked where the two are about the same thing. */
export function numberTable([a, b]: readonly [ComparedRun, ComparedRun], isComparable: boolean): Markup {
  const rows = measures.flatMap((measure) => {
    const [first, second] = [measure.of(a.evaluation), measure.of(b.evaluation)]
    return typeof first === 'number' || typeof second === 'number'
      ? [rowOf(measure, first ?? null, second ?? null, isComparable)]
      : []
  })
  return html`<table class="ledger"><thead><tr><th scope="col">Number</th><th scope="col" class="entry">A</th><th scope="col" class="entry">B</th>${
    isComparable ? html`<th scope="col" class="entry">B − A</th>` : undefined
  }<th scope="col">Read as</th></tr></thead><tbody>${rows}</tbody></table>`
}

function rowOf(
  { name, words, decimals = 2, better }: Measure,
  first: number | null,
  second: number | null,
  isComparable: boolean,
): Markup {
  const best = isComparable && better && first !== null && second !== null ? bestOf(first, second, better) : 0
  const cell = (title: string, value: number | null, isBest: boolean) =>
    html`<td class="entry" data-name="${title}">${isBest ? html`<strong>${fixed(value, decimals)}</strong>` : fixed(value, decimals)}</td>`
  const between = first === null || second === null ? null : second - first
  return html`<tr><th scope="row">${name}</th>${cell('A', first, best < 0)}${cell('B', second, best > 0)}${
    isComparable ? cell('B − A', between, false) : undefined
  }<td data-name="Read as">${words}</td></tr>`
}

/** Below 0 where the first is the better one, above where the second is. */
const bestOf = (first: number, second: number, better: 'higher' | 'lower'): number =>
  better === 'higher' ? second - first : first - second
