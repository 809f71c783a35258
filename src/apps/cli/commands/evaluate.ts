import { evaluateOpened, openRunModel, partsOf } from '../../../inside.node.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit.ts'
import { runArgument } from '../model/arguments.ts'
import { evaluationLines, nllOption } from '../model/evaluation.ts'
import { metricsOption } from '../model/metrics.ts'
import { splitOption } from '../model/rows.ts'
import { samplesOption } from '../model/sample-fidelity.ts'
import { json } from '../options.ts'

export const command = defineCommand({
  arguments: [runArgument],
  options: {
    nll: nllOption,
    split: splitOption,
    metrics: metricsOption,
    samples: samplesOption,
    json,
  },
  examples: [
    ['runs/mnist-1', 'ELBO, the KL taken apart, and every class, on the test examples'],
    ['runs/mnist-1 --nll 5000', 'with an importance-weighted estimate of −log p(x)'],
    ['runs/mnist-1 --metrics mig,sap', 'how well the code tells the data’s factors, or its classes, apart'],
    [
      'runs/mnist-1 --samples prior,gmm,maf',
      'how like the examples samples are, by where their codes come from',
    ],
    ['runs/mnist-1 --json', 'for programs'],
  ],
  async run({ args: [path], values: { nll, split, metrics, samples, json }, parts, terminal, signal }) {
    using run = await openRunModel(path, { parts })
    const evaluation = await evaluateOpened(run, { nll, split, metrics, samples, signal })
    if (json) terminal.out(`${JSON.stringify(evaluation, null, 2)}\n`)
    else terminal.tell(evaluationLines(path, evaluation, partsOf(run.trained.recipe), terminal))
    return exitCodes.done
  },
})
