/** The menu of narrow windows, light and dark, what copies code, and where on the page one is. */
const narrow = matchMedia('(max-width: 900px)')
const menu = document.querySelector('details.menu')
const fold = () => {
  menu.open = !narrow.matches
}
fold()
narrow.addEventListener('change', fold)
// The page that is open is in sight in a long menu.
if (!narrow.matches) menu.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })

document.getElementById('theme').addEventListener('click', () => {
  const { dataset } = document.documentElement
  const isDark = dataset.theme ? dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
  dataset.theme = isDark ? 'light' : 'dark'
  try {
    localStorage.setItem('theme', dataset.theme)
  } catch {
    // A page from disk may keep nothing.
  }
})

/** What is taken along: of command lines without what is said of them. */
function codeOf(block) {
  const code = block.querySelector('code').cloneNode(true)
  if (block.dataset.language === 'sh')
    for (const comment of code.querySelectorAll('.comment')) comment.remove()
  return code.textContent
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}

for (const block of document.querySelectorAll('.code')) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'copy'
  button.textContent = 'Copy'
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(codeOf(block))
      button.textContent = 'Copied'
    } catch {
      button.textContent = 'Not allowed'
    }
    setTimeout(() => {
      button.textContent = 'Copy'
    }, 1500)
  })
  block.append(button)
}

/** The place that is being read is the last heading above the upper third of the window. */
const places = new Map(
  Array.from(document.querySelectorAll('.places a'), (link) => [
    document.getElementById(decodeURIComponent(link.hash.slice(1))),
    link,
  ]),
)
let read
function follow() {
  const above = [...places.keys()].findLast(
    (heading) => heading.getBoundingClientRect().top < innerHeight / 3,
  )
  const link = places.get(above)
  if (link === read) return
  read?.removeAttribute('aria-current')
  link?.setAttribute('aria-current', 'location')
  // Moves the list alone, never the page.
  const list = link?.closest('nav')
  if (list) list.scrollTop = link.offsetTop - list.clientHeight / 2
  read = link
}
let asked = false
addEventListener(
  'scroll',
  () => {
    if (asked) return
    asked = true
    requestAnimationFrame(() => {
      asked = false
      follow()
    })
  },
  { passive: true },
)
follow()
