import { afterAll, beforeAll, expect, test } from 'vitest'
import { verbs } from './commands/index.ts'
import { inProcess, leaveFor, refusals, temporaryFolder } from './running.testing.ts'

const SMALL = ['--latent', '2', '--hidden', '8', '--steps', '4', '--no-report']
const home = process.cwd()
const folder = await temporaryFolder()

beforeAll(async () => {
  process.chdir(folder.path)
  expect((await inProcess('train', 'digits', ...SMALL, '--out', 'done')).code).toBe(0)
})

afterAll(async () => {
  await leaveFor(home)
  await folder.remove()
})

test('words that are not of the command line', async () => {
  const said = (
    await refusals(
      'trian digits',
      'frobnicate',
      '--beta 4',
      'train',
      'train digits --bta 4',
      'train digits mnist',
      'train digits --beta',
      'sample done --frobnicate',
      'export done',
      'export done --to pickle',
      'evaluate done --split foo',
      'sample done',
      'sample done --out samples.bmp',
      'encode done digits --out codes.png',
    )
  ).replaceAll(verbs.map(({ name }) => name).join(', '), '<every verb>')
  expect(said).toMatchInlineSnapshot(`
    "
    trian digits
      2: unknown verb "trian"; wanted one of <every verb>. Fix: write betavae train. [cli/unknown-verb]
    frobnicate
      2: unknown verb "frobnicate"; wanted one of <every verb>. Fix: see betavae --help. [cli/unknown-verb]
    --beta 4
      2: "--beta" before a verb; wanted one of <every verb>. Fix: see betavae --help. [cli/unknown-verb]
    train
      2: no <data>; wanted betavae train <data>. Fix: see betavae train --help. [cli/missing-argument]
    train digits --bta 4
      2: unknown option "--bta"; wanted an option of "train". Fix: write --beta, or see betavae train --help. [cli/unknown-option]
    train digits mnist
      2: one word too many, "mnist"; wanted betavae train <data>. Fix: see betavae train --help. [cli/excess-arguments]
    train digits --beta
      2: --beta without a value; wanted --beta <n|schedule>. Fix: see betavae train --help. [cli/missing-value]
    sample done --frobnicate
      2: unknown option "--frobnicate"; wanted an option of "sample". Fix: see betavae sample --help. [cli/unknown-option]
    export done
      2: no --to; wanted --to onnx or --to safetensors or --to html or --to score or --to tensorboard or --to mlflow. Fix: add --to onnx. [cli/no-format]
    export done --to pickle
      2: --to pickle; wanted onnx, safetensors, html, score, tensorboard, mlflow. Fix: write for example --to onnx. [cli/option-value]
    evaluate done --split foo
      2: --split foo; wanted test, validation, train. Fix: write for example --split test. [cli/option-value]
    sample done
      2: no --out; wanted --out with a file that ends in .png, .npy, .csv. Fix: add for example --out out.png. [cli/no-out]
    sample done --out samples.bmp
      2: --out samples.bmp; wanted a file that ends in .png, .npy, .csv. Fix: write for example --out out.png. [cli/out-kind]
    encode done digits --out codes.png
      2: --out codes.png; wanted a file that ends in .npy, .csv, .tsv, .jsonl, .ndjson, .parquet, .pq. Fix: write for example --out out.csv. [output/kind]
    "
  `)
})

test('values that cannot be', async () => {
  expect(
    await refusals(
      'train digits --beta -1',
      'train digits --beta four',
      'train digits --beta linear(0,4)',
      'train digits --latent 0',
      'train digits --latent -3',
      'train digits --latent 2.5',
      'train digits --latent NaN',
      'train digits --lr nope',
      'train digits --lr 0',
      'train digits --lr -0.1',
      'train digits --epochs 0',
      'train digits --epochs 2 --steps 3',
      'train digits --batch many',
      'train digits --validation 1',
      'train digits --hidden 10,x',
      'train digits --sigma 0',
      'train digits --likelihood cauchy',
      'train digits --engine tpu',
      'train digits --threads 0',
      'train digits --threads 1e9',
      'train digits --objective gan',
      'train digits --objective autoencoder --beta 2',
      'train digits --patience 3 --validation 0',
      'train digits --patience 3 --keep last',
      'train digits --set nothing',
      'train digits --set foo.bar=1',
      'train digits --set model.latnet.size=3',
      'train digits --set training.optimizer.momentum=2',
      'train digits --optimizer adam --set training.optimizer.momentum=0.5',
      'train digits --set __proto__.polluted=1',
      'evaluate done --nll 0',
      'sample done --out s.png --count 0',
      'traverse done --out t.png --dimensions 0,2',
      'interpolate done --out i.png --to-index 100000',
    ),
  ).toMatchInlineSnapshot(`
    "
    train digits --beta -1
      2: --beta -1; wanted β ≥ 0. Fix: a negative weight rewards what the term should hold back; use 0 to turn it off. [objective/negative-weight]
    train digits --beta four
      2: --beta four; wanted a number, constant(value), linear(from, to, steps), cosine(from, to, steps), sigmoid(from, to, steps), cyclic(from, to, period, ramp), steps(value, step, value, …). Fix: write for example --beta 1. [cli/option-value]
    train digits --beta linear(0,4)
      2: --beta linear(0,4); wanted a number, constant(value), linear(from, to, steps), cosine(from, to, steps), sigmoid(from, to, steps), cyclic(from, to, period, ramp), steps(value, step, value, …). Fix: write for example --beta 1. [cli/option-value]
    train digits --latent 0
      2: --latent 0; wanted a whole number above 0 and at most 65536. Fix: write for example --latent 20. [cli/option-value]
    train digits --latent -3
      2: --latent -3; wanted a whole number above 0 and at most 65536. Fix: write for example --latent 20. [cli/option-value]
    train digits --latent 2.5
      2: --latent 2.5; wanted a whole number above 0 and at most 65536. Fix: write for example --latent 20. [cli/option-value]
    train digits --latent NaN
      2: --latent NaN; wanted a whole number above 0 and at most 65536. Fix: write for example --latent 20. [cli/option-value]
    train digits --lr nope
      2: --lr nope; wanted a number, constant(value), linear(from, to, steps), cosine(from, to, steps), sigmoid(from, to, steps), cyclic(from, to, period, ramp), steps(value, step, value, …). Fix: write for example --lr 0.001. [cli/option-value]
    train digits --lr 0
      2: --lr 0; wanted a number above 0, or a schedule that never falls below 0. Fix: write for example --lr 0.001. [recipe/learning-rate]
    train digits --lr -0.1
      2: --lr -0.1; wanted a number above 0, or a schedule that never falls below 0. Fix: write for example --lr 0.001. [recipe/learning-rate]
    train digits --epochs 0
      2: --epochs 0; wanted a whole number of at least 1. Fix: write for example --epochs 10. [cli/option-value]
    train digits --epochs 2 --steps 3
      2: 3 steps and 2 epochs; wanted one of the two. Fix: drop --steps or --epochs. [recipe/steps-and-epochs]
    train digits --batch many
      2: --batch many; wanted a whole number above 0. Fix: write for example --batch 128. [cli/option-value]
    train digits --validation 1
      2: --validation 1; wanted a number of at least 0 and below 1. Fix: write for example --validation 0.1. [cli/option-value]
    train digits --hidden 10,x
      2: --hidden 10,x; wanted a whole number above 0 and at most 65536, or several separated by commas. Fix: write for example --hidden 400. [cli/option-value]
    train digits --sigma 0
      2: --sigma 0; wanted a number above 0, or one of learned, per-dimension, decoder, optimal. Fix: write for example --sigma 1. [cli/option-value]
    train digits --likelihood cauchy
      2: --likelihood cauchy; wanted bernoulli, gaussian, squared-error, continuous-bernoulli, laplace, categorical, discretized-logistic, logistic-mixture, poisson, negative-binomial, zero-inflated-nb, beta, hurdle, columns. Fix: write for example --likelihood bernoulli. [cli/option-value]
    train digits --engine tpu
      2: --engine tpu; wanted auto, native, webgpu, wasm, reference. Fix: write for example --engine auto. [cli/option-value]
    train digits --threads 0
      2: --threads 0; wanted a whole number above 0. Fix: write for example --threads 2. [cli/option-value]
    train digits --threads 1e9
      2: threads 1000000000; wanted a whole number from 1 to 1024. Fix: give the number of CPU threads, or leave it out. [engine/threads]
    train digits --objective gan
      2: --objective gan; wanted autoencoder, map, regularized-autoencoder, rae-gp, rae-sn, denoising-autoencoder, contractive-autoencoder, sparse-autoencoder, wae, adversarial-autoencoder, vae, beta-vae, annealed-vae, free-bits-vae, beta-tc-vae, factor-vae, dip-vae-1, dip-vae-2, info-vae, iwae, miwae, piwae, ciwae, sigma-vae, two-stage-vae, ms-ssim-vae, vae-gan, conditional-vae, vamp-vae, flow-vae, planar-vae, maf-prior-vae, hyperspherical-vae, poincare-vae, ladder-vae, hamiltonian-vae, gumbel-vae, fsq-autoencoder, vq-vae, joint-vae. Fix: write for example --objective autoencoder. [cli/option-value]
    train digits --objective autoencoder --beta 2
      2: term "kl" over the latent "deterministic"; wanted a latent with a posterior. Fix: use --posterior gaussian, or drop the term. [objective/needs-posterior]
    train digits --patience 3 --validation 0
      2: early stopping without a validation split; wanted validation rows to watch. Fix: use --validation 0.1, or drop --patience. [recipe/patience]
    train digits --patience 3 --keep last
      2: early stopping after 3 epochs without improvement, and the last epoch kept; wanted the best epoch kept where training ends for want of a better one. Fix: drop --keep, or drop --patience. [recipe/keep]
    train digits --set nothing
      2: --set nothing; wanted path=value, with dots between the parts of the path. Fix: write for example --set training.optimizer.beta2=0.99. [cli/set]
    train digits --set foo.bar=1
      2: --set foo.bar=1: a recipe with keys or a form that recipes do not have; wanted no "foo" there. Fix: compare it with the recipe.json of a run. [recipe/invalid]
    train digits --set model.latnet.size=3
      2: --set model.latnet.size=3: recipe with model = {"latnet":{"size":3}}; wanted no "latnet" there. Fix: correct model. [recipe/invalid]
    train digits --set training.optimizer.momentum=2
      2: optimizer "sgd" with {"momentum":2}; wanted momentum: a number < 1. Fix: correct the options of the optimizer. [choice/optimizer-options]
    train digits --optimizer adam --set training.optimizer.momentum=0.5
      2: optimizer "adam" with {"momentum":0.5}; wanted no "momentum" there. Fix: correct the options of the optimizer. [choice/optimizer-options]
    train digits --set __proto__.polluted=1
      2: --set __proto__.polluted=1; wanted path=value, with dots between the parts of the path. Fix: write for example --set training.optimizer.beta2=0.99. [cli/set]
    evaluate done --nll 0
      2: --nll 0; wanted a whole number of at least 1. Fix: write for example --nll 500. [cli/option-value]
    sample done --out s.png --count 0
      2: --count 0; wanted a whole number of at least 1. Fix: write for example --count 64. [cli/option-value]
    traverse done --out t.png --dimensions 0,2
      2: code dimension 2; wanted a whole number from 0 to 1. Fix: choose one of the dimensions that the model has. [infer/dimension]
    interpolate done --out i.png --to-index 100000
      2: --to-index 100000; wanted a row from 0 to 179. Fix: choose a row that the split has. [cli/row]
    "
  `)
})

test('with --json errors are on stdout too', async () => {
  expect(
    await refusals('explain digits --latent 0 --json', 'evaluate missing --json'),
  ).toMatchInlineSnapshot(`
    "
    explain digits --latent 0 --json
      2: --latent 0; wanted a whole number above 0 and at most 65536. Fix: write for example --latent 20. [cli/option-value]
      out: {"error":{"code":"cli/option-value","seen":"--latent 0","wanted":"a whole number above 0 and at most 65536","fix":"write for example --latent 20"}}
    evaluate missing --json
      2: no recipe.json in "missing"; wanted the folder of a run. Fix: list the runs there are with: betavae runs. [runs/not-a-run]
      out: {"error":{"code":"runs/not-a-run","seen":"no recipe.json in \\"missing\\"","wanted":"the folder of a run","fix":"list the runs there are with: betavae runs"}}
    "
  `)
})

test('--debug shows where an error came from', async () => {
  const { code, err } = await inProcess('evaluate', 'missing', '--debug')
  expect(code).toBe(2)
  expect(err).toMatch(/\n {4}at .*store\.ts/)
})
