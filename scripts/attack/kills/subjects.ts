/** A command that is killed, and how it is gone on with. */
export interface Subject {
  readonly name: string
  readonly words: string
  /** Where a training has begun its run, `resume` goes on with it; everything else is begun again by the same words. */
  readonly run?: string
}

const NET = '--hidden 16 --threads 1 --no-report'

/** Trainings last some seconds, so that they come by a few checkpoints, which are a second apart. */
export const subjects: readonly Subject[] = [
  {
    name: 'digits',
    words: `train digits --latent 4 --batch 32 --steps 500 --beta linear(0,2,3000) --binarize dynamic ${NET} --out run`,
    run: 'run',
  },
  { name: 'table', words: `train ../data/table.csv --epochs 40 ${NET} --out run`, run: 'run' },
  {
    name: 'two players',
    words: `train digits --objective factor-vae --latent 4 --batch 32 --steps 80 ${NET} --out run`,
    run: 'run',
  },
  {
    name: 'image folder',
    words: `train ../data/images --latent 2 --batch 8 --epochs 40 ${NET} --out run`,
    run: 'run',
  },
  {
    name: 'sweep',
    words: 'sweep digits --beta 0.5,1 --latent 2 --hidden 8 --batch 128 --threads 1 --steps 40 --out run',
  },
  { name: 'impute', words: 'impute ../data/table.csv --run ../data/table --out filled.jsonl' },
  { name: 'synthesize', words: 'synthesize ../data/table --rows 60 --no-report --out new.parquet' },
  { name: 'score --out', words: 'score ../data/table ../data/table.csv --out scores.csv' },
  { name: 'export', words: 'export ../data/digits --to onnx --out exported' },
]
