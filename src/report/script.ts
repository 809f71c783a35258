/** Follows a pointer over a chart and says the nearest values; opens what is folded before printing. */
export const script = `
for (const chart of document.querySelectorAll('svg[data-hover]')) {
  const notes = JSON.parse(chart.dataset.hover)
  const cursor = chart.querySelector('.cursor')
  const readout = chart.closest('figure').querySelector('.readout')
  if (notes.length === 0) continue
  chart.addEventListener('pointermove', (event) => {
    const box = chart.getBoundingClientRect()
    const x = ((event.clientX - box.left) / box.width) * chart.viewBox.baseVal.width
    const y = ((event.clientY - box.top) / box.height) * chart.viewBox.baseVal.height
    const away = (note) => (note.length > 2 ? Math.hypot(note[0] - x, note[1] - y) : Math.abs(note[0] - x))
    const near = notes.reduce((a, b) => (away(b) < away(a) ? b : a))
    for (const name of ['x1', 'x2', 'cx']) cursor.setAttribute(name, near[0])
    if (near.length > 2) cursor.setAttribute('cy', near[1])
    cursor.classList.add('on')
    readout.textContent = near[near.length - 1]
  })
  chart.addEventListener('pointerleave', () => {
    cursor.classList.remove('on')
    readout.textContent = ''
  })
}
addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('details')) details.open = true
})
`
