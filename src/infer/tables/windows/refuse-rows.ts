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

/** Error, usage: `infer/series`. */
export const refuseSeries = (series: number): never =>
  fail({
    code: 'infer/series',
    seen: `${series} series, of a model that knows of no column that says whose rows are`,
    wanted: 'one series, or a model that was trained with such a column',
    fix: 'leave --series out, { series: 1 }, or train with --group <column>',
    usage: true,
  })
