/** Every kind of column, in the order in which they are asked. To add one: its file, and one line here. */
import { binary } from './binary.ts'
import { categorical } from './categorical.ts'
import { constant } from './constant.ts'
import { count } from './count.ts'
import { datetime } from './datetime.ts'
import { identifier } from './identifier.ts'
import { nested } from './nested.ts'
import { ordinal } from './ordinal.ts'
import { real } from './real.ts'

export const allKinds = [
  constant,
  binary,
  datetime,
  ordinal,
  identifier,
  count,
  real,
  categorical,
  nested,
] as const
