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
    const near = notes.reduce((a, b) => (Math.abs(b[0] - x) < Math.abs(a[0] - x) ? b : a))
    cursor.setAttribute('x1', near[0])
    cursor.setAttribute('x2', near[0])
    cursor.classList.add('on')
    readout.textContent = near[1]
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
