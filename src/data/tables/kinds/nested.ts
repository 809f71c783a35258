import { defineKind } from './kind.ts'

/** Several values in a cell: its reader leaves the column out. */
export const nested = defineKind({
  name: 'nested',
  summary: 'lists in cells: left out',
  isFound: true,
  fields: {},
  suits: () => undefined,
  fit: () => 'its cells are single values',
  describe: ({ reason }) => `left out: ${reason}`,
})
