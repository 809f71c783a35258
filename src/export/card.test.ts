import { expect, test } from 'vitest'
import packageFile from '../../package.json' with { type: 'json' }
import type { Evaluation } from '../evaluate/evaluation.ts'
import { cardOf } from './card.ts'
import { trainedOnDigits } from './trained.testing.ts'
import { version } from './version.ts'

const trained = await trainedOnDigits({ objective: { name: 'beta-vae' } })
const metrics: Evaluation = {
  split: 'test',
  count: 180,
  loss: 40,
  reconstruction: 32,
  kl: 2,
  elbo: -34,
  bitsPerDimension: 0.77,
  activeUnits: 1,
  units: [
    { dimension: 0, variance: 0.9, kl: 2, isActive: true },
    { dimension: 1, variance: 0, kl: 0, isActive: false },
    { dimension: 2, variance: 0, kl: 0, isActive: false },
  ],
  klPerDimension: [2, 0, 0],
  klSplit: null,
}

test('the version is the package’s', () => {
  expect(version).toBe(packageFile.version)
})

test('a card survives JSON and reads as it should', () => {
  const card = cardOf(trained, metrics)
  expect(JSON.parse(JSON.stringify(card))).toEqual(card)
  const { recipe, ...rest } = card
  expect(recipe).toEqual(trained.recipe)
  expect(rest).toMatchInlineSnapshot(`
    {
      "betavae": "0.1.0",
      "data": {
        "binarize": "dynamic",
        "dtype": "uint8",
        "exampleShape": [
          1,
          8,
          8,
        ],
        "name": "digits",
        "scaling": "unit",
        "trainCount": 1617,
      },
      "files": {
        "decoder": {
          "file": "decoder.onnx",
          "inputs": [
            {
              "dtype": "float32",
              "name": "z",
              "shape": [
                "batch",
                3,
              ],
            },
          ],
          "outputs": [
            {
              "dtype": "float32",
              "name": "reconstruction",
              "shape": [
                "batch",
                1,
                8,
                8,
              ],
            },
          ],
          "python": "import numpy, onnxruntime; [reconstruction] = onnxruntime.InferenceSession("decoder.onnx").run(None, {"z": numpy.zeros([1, 3], "float32")})",
        },
        "encoder": {
          "file": "encoder.onnx",
          "inputs": [
            {
              "dtype": "uint8",
              "name": "x",
              "shape": [
                "batch",
                1,
                8,
                8,
              ],
            },
          ],
          "outputs": [
            {
              "dtype": "float32",
              "name": "mean",
              "shape": [
                "batch",
                3,
              ],
            },
            {
              "dtype": "float32",
              "name": "logVariance",
              "shape": [
                "batch",
                3,
              ],
            },
          ],
          "python": "import numpy, onnxruntime; [mean, logVariance] = onnxruntime.InferenceSession("encoder.onnx").run(None, {"x": numpy.zeros([1, 1, 8, 8], "uint8")})",
        },
      },
      "metrics": {
        "activeUnits": 1,
        "bitsPerDimension": 0.77,
        "count": 180,
        "elbo": -34,
        "kl": 2,
        "klPerDimension": [
          2,
          0,
          0,
        ],
        "klSplit": null,
        "loss": 40,
        "reconstruction": 32,
        "split": "test",
        "units": [
          {
            "dimension": 0,
            "isActive": true,
            "kl": 2,
            "variance": 0.9,
          },
          {
            "dimension": 1,
            "isActive": false,
            "kl": 0,
            "variance": 0,
          },
          {
            "dimension": 2,
            "isActive": false,
            "kl": 0,
            "variance": 0,
          },
        ],
      },
      "objective": {
        "beta": 4,
        "betaNorm": 0.1875,
        "conventions": [
          {
            "formula": "−log Bernoulli(x; x̂) + w · KL",
            "name": "beta",
            "value": 4,
            "words": "sums over dimensions, in nats: β here, and in Higgins et al. 2017, eq. 4",
          },
          {
            "formula": "−log Bernoulli(x; x̂) + w · (N/M) · KL",
            "name": "beta-norm",
            "value": 0.1875,
            "words": "β_norm = β·M/N, which compares models of other sizes: Higgins et al. 2017",
          },
          {
            "formula": "(−log Bernoulli(x; x̂))/N + w · KL",
            "name": "mean-entropy",
            "value": 0.0625,
            "words": "the mean of −log p(x|z), such as a mean cross-entropy, beside a KL that is a sum",
          },
          {
            "formula": "(−log Bernoulli(x; x̂))/N + w · KL/M",
            "name": "mean-mean",
            "value": 0.1875,
            "words": "the mean of −log p(x|z) beside a KL that is a mean over dimensions, too",
          },
        ],
        "formula": "L = −log Bernoulli(x; x̂) + 4 · KL(q(z|x) ‖ N(0, I))",
        "impliedVariance": null,
        "rate": "kl",
        "reconstruction": {
          "formula": "−log Bernoulli(x; x̂)",
        },
        "terms": [
          {
            "formula": "KL(q(z|x) ‖ N(0, I))",
            "name": "kl",
            "on": "posterior",
            "reading": "prior on the code z ~ N(0, I), counted 4 times; the code is charged more than the ELBO asks: favors independent, fewer active dimensions",
            "weight": 4,
          },
        ],
      },
      "parameters": 1738,
      "summary": "Variational autoencoder with a code of 3 for the data set "digits" (objective beta-vae, mlp networks, bernoulli likelihood)",
      "units": "Losses, KL and ELBO are nats per example: sums over data and latent dimensions, mean over examples. Lower is better, but for elbo. Rows go in and come out in the units of the data.",
    }
  `)
})

test('a card counts every trained number', () => {
  const encoder = 64 * 12 + 12 + 2 * (12 * 3 + 3)
  const decoder = 3 * 12 + 12 + 12 * 64 + 64
  expect(cardOf(trained).parameters).toBe(encoder + decoder)
})

test('metrics are left out until there are some', () => {
  expect(cardOf(trained)).not.toHaveProperty('metrics')
})

test('a deterministic latent is called an autoencoder, with a mean alone', async () => {
  const card = cardOf(await trainedOnDigits({ objective: { name: 'autoencoder' } }))
  expect(card.summary).toMatch(/^Autoencoder with a code of 3/)
  expect(card.files.encoder.outputs.map(({ name }) => name)).toEqual(['mean'])
})
