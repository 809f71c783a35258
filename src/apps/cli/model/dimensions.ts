import { type OpenedRun, shownUnits, type Unit, unitsOfRun } from '../../../inside.node.ts'

/** A code dimension and, where it is known, its strength. */
export type Ranked = Pick<Unit, 'dimension'> & Partial<Unit>

/** The chosen dimensions as they were chosen; else the active ones, strongest first; all where none is active. */
export async function rankedDimensions(
  run: OpenedRun,
  chosen?: readonly number[],
): Promise<readonly Ranked[]> {
  const units = await unitsOfRun(run)
  if (!chosen && units) return shownUnits(units)
  const wanted = chosen ?? Array.from({ length: run.model.latent }, (_, dimension) => dimension)
  return wanted.map((dimension) => units?.find((unit) => unit.dimension === dimension) ?? { dimension })
}
