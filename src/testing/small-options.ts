import type * as z from 'zod'

/** Sizes among options are held to this: differences are taken by every single parameter. */
const MOST = 4

/** Default options with sizes held small. */
export const smallOptions = (options: z.ZodType): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(options.parse({}) as object).map(([key, value]) => [
      key,
      Number.isInteger(value) && value > MOST ? MOST : value,
    ]),
  )
