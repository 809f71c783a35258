import { format, type SplitMetrics, type StartEvent } from '../../../node.ts'

/** Loss and its parts, as short as people read them. */
export const lossWords = ({
  loss,
  reconstruction,
  kl,
}: Pick<SplitMetrics, 'loss' | 'reconstruction' | 'kl'>): string[] => [
  `loss ${format.fixed(loss)}`,
  `reconstruction ${format.fixed(reconstruction)}`,
  ...(kl === null ? [] : [`KL ${format.fixed(kl)}`]),
]

/** What is about to be trained. */
export const startWords = ({ examples, parameters, engine, step }: StartEvent): string =>
  [
    `${format.whole(examples.train)} training and ${format.whole(examples.validation)} validation examples`,
    `${format.whole(parameters)} parameters`,
    engine,
    ...(step > 0 ? [`from step ${format.whole(step)}`] : []),
  ].join(' · ')
