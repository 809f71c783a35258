import { format, type SplitMetrics, type StartEvent } from '../../../inside.node.ts'

/** Two decimals; powers of ten where a training runs away. */
export const nats = (value: number): string =>
  Math.abs(value) < 1e6 ? format.fixed(value) : value.toExponential(2)

/** Loss and its parts. */
export const lossWords = (
  { loss, reconstruction, kl }: Pick<SplitMetrics, 'loss' | 'reconstruction' | 'kl'>,
  title = 'reconstruction',
): string[] => [
  `loss ${nats(loss)}`,
  `${title} ${nats(reconstruction)}`,
  ...(kl === null ? [] : [`KL ${nats(kl)}`]),
]

/** What is about to be trained. */
export const startWords = ({ examples, parameters, engine, step }: StartEvent): string =>
  [
    `${format.wholeNumber(examples.train)} training and ${format.wholeNumber(examples.validation)} validation examples`,
    `${format.wholeNumber(parameters)} parameters`,
    engine,
    ...(step > 0 ? [`from step ${format.wholeNumber(step)}`] : []),
  ].join(' · ')
