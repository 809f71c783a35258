import { delimiter } from 'node:path'
import { expect, test } from 'vitest'
import { findChromium } from './chromium.ts'

test('CHROMIUM_PATH decides, even where it names nothing', () => {
  expect(findChromium({ CHROMIUM_PATH: process.execPath, PATH: '' })).toBe(process.execPath)
  expect(findChromium({ CHROMIUM_PATH: 'nowhere', PATH: process.env.PATH })).toBeUndefined()
})

test('a PATH without a browser has none', () => {
  expect(findChromium({ PATH: ['nowhere', 'elsewhere'].join(delimiter) })).toBeUndefined()
})
