import * as z from 'zod/mini'
import { square, sumPerExample } from '../../graph/functions.ts'
import { constant } from '../../graph/ops/constant.ts'
import { neg } from '../../graph/ops/neg.ts'
import { studentDraw } from '../distributions/student-draw.ts'
import { studentNatsAt } from '../likelihoods/student.ts'
import { definePrior } from './prior.ts'

/** Student's t in every dimension, of unit scale: codes far out are less of a surprise. Abiri & Ohlsson 2019. */
export const studentT = definePrior({
  name: 'student-t',
  summary: 'Student’s t in every dimension: heavy tails, for codes that may lie far out',
  paper: 'Abiri & Ohlsson 2019',
  options: z.strictObject({
    priorDegrees: z._default(
      z
        .number()
        .check(z.positive(), z.maximum(1000), z.describe('degrees of freedom; fewer are heavier tails')),
      5,
    ),
  }),
  formula: ({ priorDegrees }) => `t(${priorDegrees})`,
  needs: 'draws',
  density: ({ latent }, { priorDegrees: degrees }) => ({
    logDensity: (code) => neg(sumPerExample(studentNatsAt(square(code), constant(0), degrees))),
    noise: { kind: 'normal', width: 2 * latent },
    step: (noise) => studentDraw(noise, degrees),
  }),
})
