import { fail } from '../../../base/errors.ts'

/** What is made of single rows has no meaning where each is known by those around it. Error, usage: `table/windows`. */
export const refuseRows = (what: string): never =>
  fail({
    code: 'table/windows',
    seen: `${what}, by a model of windows of ordered rows`,
    wanted: 'a model of single rows for that',
    fix: 'train one in which rows have no order',
    usage: true,
  })
