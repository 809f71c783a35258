import { fail } from '../../base/errors.ts'
import { type ConcreteShape, sizeOf } from '../../base/shape.ts'
import { type ForeignLayer, layersIn, type NameMap, type StateDict, tensorWords } from './state-dict.ts'

/** Names of the layers that give a posterior's mean and log-variance. */
const MEAN = /(^|[._])fc21$|(mu|means?|loc|embedding)$/i
const LOG_VARIANCE = /(^|[._])fc22$|(log_?var(iance)?|logv|log_?sigma\w*|log_?cov\w*|(^|[._])(fc_?)?var)$/i
/** Names of what is in one half. */
const ENCODER = /(^|[._])(enc|inference|recognition)/i
const DECODER = /(^|[._])(dec|deconv|conv_?t|upconv|generator)/i

const isConvolution = ({ shape }: ForeignLayer): boolean => shape.length === 4

/** What flows through a network: an array of known extents, or images of which the channels are known. */
type Flow = { readonly width: number } | { readonly channels: number }

/** What a layer makes of what flows into it; undefined where it does not fit. */
function through(flow: Flow, { shape }: ForeignLayer, isTransposed: boolean): Flow | undefined {
  const [first, second] = shape
  if (shape.length === 4) {
    const [takes, gives] = isTransposed ? [first, second] : [second, first]
    const fits = 'channels' in flow ? flow.channels === takes : flow.width % takes === 0
    return fits ? { channels: gives } : undefined
  }
  if (shape.length !== 2) return undefined
  const fits = 'width' in flow ? flow.width === second : second % flow.channels === 0
  return fits ? { width: first } : undefined
}

/** Layers one after another, each the first by name that takes what the one before gives; undefined where some are left. */
function chain(
  start: Flow,
  layers: readonly ForeignLayer[],
  isTransposed: boolean,
): ForeignLayer[] | undefined {
  const left = [...layers]
  const found: ForeignLayer[] = []
  let flow = start
  while (left.length > 0) {
    const at = left.findIndex((layer) => through(flow, layer, isTransposed))
    if (at < 0) return undefined
    const [layer] = left.splice(at, 1)
    flow = through(flow, layer, isTransposed) as Flow
    found.push(layer)
  }
  return found
}

/** Layers by the half that they are in. A decoder has one layer more than the encoder has beside its heads. */
function halves(layers: readonly ForeignLayer[]): { encoder: ForeignLayer[]; decoder: ForeignLayer[] } {
  const encoder = layers.filter(({ name }) => ENCODER.test(name) && !DECODER.test(name))
  const decoder = layers.filter(({ name }) => DECODER.test(name))
  const others = layers.filter((layer) => !encoder.includes(layer) && !decoder.includes(layer))
  if (encoder.length === 0 && decoder.length === 0) {
    const count = Math.floor(layers.length / 2)
    return { encoder: layers.slice(0, count), decoder: layers.slice(count) }
  }
  return encoder.length === 0 || (decoder.length > 0 && encoder.length + others.length < decoder.length)
    ? { encoder: [...encoder, ...others], decoder }
    : { encoder, decoder: [...decoder, ...others] }
}

/**
 * Which layer of a state dict is which of ours, by their names and by what fits on what: for the names of PyTorch's own
 * example (fc1, fc21, fc22, fc3, fc4), of pythae, and of most that say `encoder`, `decoder`, `mu` and `logvar`.
 *
 * Error: `import/map`.
 */
export function guessMap(state: StateDict, exampleShape: ConcreteShape): NameMap {
  const layers = layersIn(state)
  const heads = layers.filter(({ name }) => !DECODER.test(name))
  const mean = heads.find(({ name }) => MEAN.test(name) && !LOG_VARIANCE.test(name))
  const logVariance = heads.find(({ name }) => LOG_VARIANCE.test(name))
  if (!mean || !logVariance)
    return refuseState(state, 'layers that give the mean and the log-variance of a code')
  const sides = halves(layers.filter((layer) => layer !== mean && layer !== logVariance))
  const image = exampleShape.length === 3 && sides.encoder.some(isConvolution)
  const start = image ? { channels: exampleShape[0] } : { width: sizeOf(exampleShape) }
  const encoder = chain(start, sides.encoder, false)
  const decoder = chain({ width: mean.shape[0] }, sides.decoder, true)
  if (!encoder || !decoder)
    return refuseState(state, `layers of ${encoder ? 'a decoder' : 'an encoder'} that fit on each other`)
  const named = [
    ...placed('encoder', encoder, image),
    ['encoder.mean', mean.name],
    ['encoder.logVariance', logVariance.name],
    ...placed('decoder', decoder, image),
  ] as const
  const map = named.flatMap(([ours, theirs]): [string, string | null][] => [
    [ours, theirs],
    ...(`${theirs}.bias` in state ? [] : [[`${ours}.bias`, null] as [string, null]]),
  ])
  return Object.fromEntries(map)
}

/** Layers of a half under our names: convolutions are counted from the image inwards. */
function placed(
  half: string,
  layers: readonly ForeignLayer[],
  isImage: boolean,
): (readonly [string, string])[] {
  const dense = layers.filter((layer) => !isConvolution(layer))
  const convolutions = layers.filter(isConvolution)
  if (half === 'decoder') convolutions.reverse()
  return [
    ...convolutions.map(({ name }, i) => [`${half}.conv.${i}`, name] as const),
    ...dense.map(({ name }, i) => [`${half}.${isImage ? 'dense.' : ''}${i}`, name] as const),
  ]
}

const refuseState = (state: StateDict, wanted: string): never =>
  fail({
    code: 'import/map',
    seen: `weights ${tensorWords(state)}`,
    wanted: `${wanted}, told by their names`,
    fix: 'say which is which by --map, a JSON object of our names and theirs',
    usage: true,
  })
