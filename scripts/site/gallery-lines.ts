/** What the gallery's pictures are made by; words without `npx betavae`. */

export const trainingLines: readonly string[] = [
  'train mnist --beta 4 --epochs 10 --out runs/mnist-1',
  'train mnist --latent 2 --epochs 10 --out runs/plane-1',
]

export const pictureLines: readonly {
  readonly file: string
  readonly line: string
  readonly words: string
}[] = [
  {
    file: 'traverse.gif',
    line: 'traverse runs/mnist-1',
    words:
      'Every dimension of a code at once, moved from one end to the other: β = 4 has left a few that say something',
  },
  { file: 'samples.png', line: 'sample runs/mnist-1', words: 'New digits, drawn from the prior' },
  {
    file: 'reconstructions.png',
    line: 'reconstruct runs/mnist-1',
    words: 'Held-out digits, and below each what its code of a few nats decodes to',
  },
  {
    file: 'between.png',
    line: 'interpolate runs/mnist-1',
    words: 'From one digit to another, by a straight line between codes',
  },
  {
    file: 'map.png',
    line: 'map runs/plane-1',
    words: 'Where a code of two dimensions puts held-out digits, by class',
  },
]
