import * as z from 'zod/mini'

/** Sizes among options are held to this: differences are taken by every single parameter. */
const MOST_SIZE = 4

/** Default options with sizes held small. */
export const smallOptions = (options: z.core.$ZodType): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(z.parse(options, {}) as object).map(([key, value]) => [
      key,
      Number.isInteger(value) && value > MOST_SIZE ? MOST_SIZE : value,
    ]),
  )
