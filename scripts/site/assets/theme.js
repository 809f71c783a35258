// Before anything is drawn: the scheme that the person chose here before.
const chosen = (() => {
  try {
    return localStorage.getItem('theme')
  } catch {
    return null
  }
})()
if (chosen) document.documentElement.dataset.theme = chosen
