import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sourceParts, withoutSourcePassword } from './source-password.ts'

test.each([
  ["postgres://ann:it's@localhost:1/shop#v", 'postgres://ann@localhost:1/shop#v', "it's"],
  ['postgres://ann:pa ss@localhost/shop', 'postgres://ann@localhost/shop', 'pa ss'],
  ['postgres://a b:s3cr@localhost/shop', 'postgres://a b@localhost/shop', 's3cr'],
  ['postgres://ann@srv:s3cr@srv.example/shop', 'postgres://ann@srv@srv.example/shop', 's3cr'],
  ['postgres:/ann:s3cr@h/shop', 'postgres:/ann@h/shop', 's3cr'],
  ['postgres:ann:s3cr@h/shop', 'postgres:ann@h/shop', 's3cr'],
  ['postgres//ann:s3cr@h/shop', 'postgres//ann@h/shop', 's3cr'],
  ['postgress://ann:s3/c@r@h/shop', 'postgress://ann@h/shop', 's3/c@r'],
  ['https://ann:pa ss@h/a.csv', 'https://ann@h/a.csv', 'pa ss'],
  ["postgres://h/shop?user=ann&password=it's a#v", 'postgres://h/shop?user=ann#v', "it's a"],
  ['host=h user=ann password=s3cr3tpw dbname=shop', 'host=h user=ann dbname=shop', 's3cr3tpw'],
  ["password = 'it\\'s a=b' host=h", 'host=h', "'it\\'s a=b'"],
])('%s', (source, shown, password) => {
  expect(sourceParts(source)).toEqual({ shown, password })
  expect(withoutSourcePassword(shown)).toBe(shown)
})

test.each([
  'postgres://ann@h:5432/shop#visits',
  'postgres://h:5432/shop',
  'https://h:8080/a@b',
  'visits@2.csv',
  'C:\\data\\a@b.csv',
  'password=identifier',
  './a:b/c@d.csv',
  'postgresql://ann@host:5432/shop#tab@le',
  'https://host/data:v1@latest.csv',
])('%s holds none', (source) => {
  expect(sourceParts(source)).toEqual({ shown: source })
})

test('a user may hold an @', () => {
  expect(sourceParts('postgres://ann@corp:it is@host/shop').shown).toBe('postgres://ann@corp@host/shop')
})

test('no password of any characters is left of a source', () => {
  const password = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 })
  const scheme = fc.constantFrom('postgres://', 'postgresql://', 'postgres:/', 'postgres:', 'mysql://')
  fc.assert(
    fc.property(scheme, password, (before, secret) => {
      const { shown, password } = sourceParts(`${before}ann:${secret}@h/shop#v`)
      expect([shown, password]).toEqual([`${before}ann@h/shop#v`, secret])
    }),
  )
})
