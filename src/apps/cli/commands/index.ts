import type { Verb } from '../command.ts'

/** Every verb. To add one: its file, and one entry here. */
export const verbs: readonly Verb[] = [
  {
    name: 'train',
    group: 'Train',
    summary: 'train a model on data or from a recipe',
    load: () => import('./train.ts'),
  },
  {
    name: 'resume',
    group: 'Train',
    summary: 'go on with an interrupted run, to the same bits',
    load: () => import('./resume.ts'),
  },
  {
    name: 'sweep',
    group: 'Train',
    summary: 'train at several β, draw rate against distortion, suggest a β',
    load: () => import('./sweep.ts'),
  },
  {
    name: 'studio',
    group: 'Train',
    summary: 'train, watch and explore in a web page',
    load: () => import('./studio.ts'),
  },
  {
    name: 'explain',
    group: 'Understand',
    summary: 'print the objective: formula, β in every convention, priors',
    load: () => import('./explain.ts'),
  },
  {
    name: 'inspect',
    group: 'Understand',
    summary: 'say what the columns of a table are, and what is done to each',
    load: () => import('./inspect.ts'),
  },
  {
    name: 'evaluate',
    group: 'Understand',
    summary: 'measure ELBO, the KL and its parts, active units, −log p(x)',
    load: () => import('./evaluate.ts'),
  },
  {
    name: 'metrics',
    group: 'Understand',
    summary: 'measure how well codes tell known factors apart: MIG, DCI, SAP, …',
    load: () => import('./metrics.ts'),
  },
  {
    name: 'report',
    group: 'Understand',
    summary: 'write the page with curves, pictures and the ledger',
    load: () => import('./report.ts'),
  },
  {
    name: 'runs',
    group: 'Understand',
    summary: 'list runs and how they stand',
    load: () => import('./runs.ts'),
  },
  {
    name: 'reconstruct',
    group: 'Use',
    summary: 'pass examples through the model',
    load: () => import('./reconstruct.ts'),
  },
  {
    name: 'sample',
    group: 'Use',
    summary: 'draw new examples from the prior',
    load: () => import('./sample.ts'),
  },
  {
    name: 'traverse',
    group: 'Use',
    summary: 'move one code dimension at a time',
    load: () => import('./traverse.ts'),
  },
  {
    name: 'interpolate',
    group: 'Use',
    summary: 'go from one example to another through the code',
    load: () => import('./interpolate.ts'),
  },
  {
    name: 'map',
    group: 'Use',
    summary: 'draw where data lie in the code, in a plane',
    load: () => import('./map.ts'),
  },
  {
    name: 'encode',
    group: 'Use',
    summary: 'give the codes of data',
    load: () => import('./encode.ts'),
  },
  {
    name: 'score',
    group: 'Use',
    summary: 'give what each row of data costs, in nats',
    load: () => import('./score.ts'),
  },
  {
    name: 'drift',
    group: 'Use',
    summary: 'say which columns moved since another table, or since training',
    load: () => import('./drift.ts'),
  },
  {
    name: 'impute',
    group: 'Use',
    summary: 'fill the gaps of a table',
    load: () => import('./impute.ts'),
  },
  {
    name: 'synthesize',
    group: 'Use',
    summary: 'make new rows like those of a table',
    load: () => import('./synthesize.ts'),
  },
  {
    name: 'export',
    group: 'Use',
    summary: 'write the model as ONNX or safetensors',
    load: () => import('./export.ts'),
  },
  {
    name: 'reproduce',
    group: 'Check',
    summary: 'train what papers trained, and compare with what they found',
    load: () => import('./reproduce.ts'),
  },
  {
    name: 'doctor',
    group: 'Check',
    summary: 'say what ails a run, or what works here, and how to mend it',
    load: () => import('./doctor.ts'),
  },
  {
    name: 'completion',
    group: 'Check',
    summary: 'print what teaches bash, zsh or fish to complete these words',
    load: () => import('./completion.ts'),
  },
]
