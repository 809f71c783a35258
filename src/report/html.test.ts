import fc from 'fast-check'
import { expect, test } from 'vitest'
import { escapeHtml, html, trusted } from './html.ts'

test('what is put into a template cannot leave its place', () => {
  expect(html`<p title="${`a" onload='x`}">${'<script>&'}</p>`.markup).toBe(
    '<p title="a&#34; onload=&#39;x">&#60;script&#62;&#38;</p>',
  )
})

test('markup, lists and gaps', () => {
  const items = ['a', '<b>'].map((text) => html`<li>${text}</li>`)
  expect(html`<ul>${items}</ul>${undefined}${3}${trusted('<hr>')}`.markup).toBe(
    '<ul><li>a</li><li>&#60;b&#62;</li></ul>3<hr>',
  )
})

test('no text keeps a letter that means something to HTML, and none is lost', () => {
  const decode = (text: string) => text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(escapeHtml(text)).not.toMatch(/[<>"']/)
      expect(decode(escapeHtml(text))).toBe(text)
    }),
  )
})
