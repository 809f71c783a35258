/** Light or dark: what the system says, until a person says otherwise. */

export type Theme = 'light' | 'dark'

const KEPT_AS = 'betavae-theme'
const systemDark = matchMedia('(prefers-color-scheme: dark)')

const kept = keptTheme()
let chosen = $state<Theme | undefined>(kept)
let system = $state<Theme>(systemTheme())

systemDark.addEventListener('change', () => {
  system = systemTheme()
})
show(kept)

export const theme = {
  get current(): Theme {
    return chosen ?? system
  },
  toggle(): void {
    chosen = theme.current === 'dark' ? 'light' : 'dark'
    show(chosen)
    keep(chosen)
  },
}

function systemTheme(): Theme {
  return systemDark.matches ? 'dark' : 'light'
}

function show(choice: Theme | undefined): void {
  if (choice) document.documentElement.dataset.theme = choice
}

// A page without storage forgets the choice, which is no reason to fail.
function keptTheme(): Theme | undefined {
  try {
    const value = localStorage.getItem(KEPT_AS)
    return value === 'light' || value === 'dark' ? value : undefined
  } catch {
    return undefined
  }
}

function keep(choice: Theme): void {
  try {
    localStorage.setItem(KEPT_AS, choice)
  } catch {
    return
  }
}
