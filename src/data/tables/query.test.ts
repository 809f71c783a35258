import { expect, test } from 'vitest'
import { checkedQuery, isOrdered } from './query.ts'

test.each([
  ['select * from a order by b', true],
  ['SELECT *\nFROM a\nORDER  BY b DESC;', true],
  ['with a as (select 1 as b) select * from a order by b', true],
  ['select * from a', false],
  ['select * from (select * from a order by b) as c', false],
  ['select row_number() over (order by b) from a', false],
  ["select 'order by' from a", false],
  ['select "order by" from a -- order by b', false],
  ['select * from a /* order by b */', false],
  ['select $x$ order by $x$ from a', false],
  ['select "it""s" from a order by 1', true],
])('%s', (query, ordered) => {
  expect(isOrdered(query)).toBe(ordered)
})

test('a final semicolon is dropped', () => {
  expect(checkedQuery(" select ';' from a ; ")).toBe("select ';' from a")
})

test.each(['drop table a', 'select 1; drop table a', 'insert into a values (1)', '', 'copy a to b'])(
  '"%s" is refused',
  (query) => {
    expect(() => checkedQuery(query)).toThrow('wanted one SELECT')
  },
)

test.each([
  "select * from postgres_scan('postgres://ann:s3cret@host/shop', 'a')",
  "select 'password=s3cret'",
])('a password is refused, and not shown', (query) => {
  expect(() => checkedQuery(query)).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: a query with a password in it; wanted a query that a recipe may hold. Fix: name the database itself as the source, with its password in PGPASSWORD or in ~/.pgpass. [query/password]]`,
  )
})
