import { expect, test } from 'vitest'
import { BetavaeError } from './errors.ts'
import { withoutPasswords } from './passwords.ts'

test.each([
  ['postgres://ann:s3cret@host/shop', 'postgres://ann@host/shop'],
  ['postgresql://ann:s3/c#r?e@t@host:5432/shop#visits', 'postgresql://ann@host:5432/shop#visits'],
  ['postgres://host/shop?user=ann&password=s3cret', 'postgres://host/shop?user=ann'],
  ['postgres://host/shop?password=s3cret&sslmode=require', 'postgres://host/shop?sslmode=require'],
  ['read "https://ann:s3cret@host/a.csv", then stop', 'read "https://ann@host/a.csv", then stop'],
  ['postgres://:s3cret@host/shop', 'postgres://@host/shop'],
])('%s', (text, shown) => {
  expect(withoutPasswords(text)).toBe(shown)
})

test.each(['postgres://ann@host/shop', 'http://host:8080/a@b', 'a: b@c', 'postgres://host:5432/shop#visits'])(
  '%s holds none',
  (text) => {
    expect(withoutPasswords(text)).toBe(text)
  },
)

test('no error shows one', () => {
  const url = 'postgres://ann:s3cret@host/shop'
  const { message, seen, wanted, fix } = new BetavaeError({ code: 'a/b', seen: url, wanted: url, fix: url })
  expect([message, seen, wanted, fix].join()).not.toContain('s3cret')
})
