/** The search: every heading of the site with the words below it, fetched when somebody begins to search. */
const field = document.getElementById('search')
const found = document.getElementById('found')
const MOST_FOUND = 12

const wordsOf = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

/** How well an entry fits: every word must be in it; in the title counts more. */
function weigh([, , title, words], asked) {
  const [head, body] = [title.toLowerCase(), words.toLowerCase()]
  let sum = 0
  for (const word of asked) {
    if (wordsOf(head).includes(word)) sum += 12
    else if (head.includes(word)) sum += 6
    else if (body.includes(word)) sum += 1
    else return 0
  }
  return sum + 1 / (1 + title.length)
}

/** A piece of the text about the first word that was asked for, which is marked. */
function pieceOf(words, [first]) {
  const at = words.toLowerCase().indexOf(first)
  const piece = document.createElement('span')
  if (at < 0) {
    piece.textContent = words.slice(0, 120)
    return piece
  }
  const begin = Math.max(0, at - 40)
  const mark = document.createElement('mark')
  mark.textContent = words.slice(at, at + first.length)
  piece.append(
    `${begin > 0 ? '…' : ''}${words.slice(begin, at)}`,
    mark,
    words.slice(at + first.length, begin + 140),
  )
  return piece
}

function linkOf([page, id, title, words], asked, titles) {
  const link = document.createElement('a')
  link.href = `${page}.html#${id}`
  const name = document.createElement('b')
  name.textContent = title
  const where = document.createElement('i')
  where.textContent = titles[page]
  link.append(name, where, pieceOf(words, asked))
  return link
}

function show() {
  const asked = wordsOf(field.value)
  const { titles, entries } = globalThis.betavaeSearch ?? { titles: {}, entries: [] }
  const links = entries
    .map((entry) => [weigh(entry, asked), entry])
    .filter(([weight]) => asked.length > 0 && weight > 0)
    .sort(([a], [b]) => b - a)
    .slice(0, MOST_FOUND)
    .map(([, entry]) => linkOf(entry, asked, titles))
  if (asked.length > 0 && links.length === 0 && entries.length > 0) {
    const none = document.createElement('p')
    none.textContent = 'Nothing is found.'
    links.push(none)
  }
  found.replaceChildren(...links)
  found.hidden = links.length === 0
}

function close() {
  field.value = ''
  show()
}

field.addEventListener(
  'focus',
  () => {
    const index = document.createElement('script')
    index.src = 'assets/search.js'
    index.onload = show
    document.head.append(index)
  },
  { once: true },
)
field.addEventListener('input', show)
field.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') close()
  if (event.key === 'Enter') found.querySelector('a')?.click()
  if (event.key !== 'ArrowDown') return
  event.preventDefault()
  found.querySelector('a')?.focus()
})
found.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    close()
    field.focus()
  }
  const step = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' }[event.key]
  if (step === undefined) return
  event.preventDefault()
  const next = document.activeElement?.[step] ?? field
  next.focus()
})
// A place of the page that is open: nothing is loaded, so the list would stay.
found.addEventListener('click', close)
document.addEventListener('pointerdown', ({ target }) => {
  if (!field.parentElement.contains(target)) found.hidden = true
})
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.target instanceof HTMLInputElement) return
  event.preventDefault()
  field.focus()
})
