import { fillNormal, streams } from '../base/random.ts'
import type { Projection } from '../report/projections/projection.ts'
import { type Flaw, flawsOf, flawUnless } from './flaw.ts'
import { wordsFlaws } from './words.ts'

const COUNT = 60
const LATENT = 4
const codes = {
  data: fillNormal(new Float32Array(COUNT * LATENT), { seed: 1, stream: streams.evaluation, step: 0 }),
  shape: [COUNT, LATENT],
}

/** Whether codes become finite places in a plane, the same twice and not all one. */
export const checkProjection = (projection: Projection): Promise<readonly Flaw[]> =>
  flawsOf('project', async () => {
    const [{ points, axes }, again] = [await projection.project(codes), await projection.project(codes)]
    const { data, shape } = points
    return [
      ...wordsFlaws(projection),
      ...flawUnless(
        shape.join() === `${COUNT},2` && data.length === 2 * COUNT && axes.length === 2,
        'shape',
        () => `points [${shape}]; wanted [${COUNT}, 2], with two axes`,
      ),
      ...flawUnless(
        data.every(Number.isFinite) && new Set(data).size > COUNT,
        'project',
        () => 'points that are not finite, or lie on each other; wanted places of their own',
      ),
      ...flawUnless(
        data.every((value, i) => value === again.points.data[i]),
        'repeat',
        () => 'other points of the same codes; wanted the same',
      ),
    ]
  })
