/** Where the focus goes within a part of the page when what had it is gone: the obvious button, else the part itself. */
const CHIEF = 'button.primary:not(:disabled)'

/**
 * Keeps the keyboard's place: when the control that has the focus is taken away or disabled, such as a button whose
 * work has begun, the focus goes to the chief button of the same panel, or waits on the panel until there is one.
 */
export function keepFocus(node: HTMLElement): () => void {
  let held: HTMLElement | undefined
  let panels: readonly HTMLElement[] = []
  let waiting: HTMLElement | undefined

  const take = ({ target }: FocusEvent) => {
    if (target === waiting) return
    waiting = undefined
    held = target as HTMLElement
    panels = panelsAround(held, node)
  }
  const leave = () => {
    const left = held
    // Whoever clicks beside all controls wants none of them. What is being taken away is still there at this moment.
    setTimeout(() => {
      if (left && held === left && left.isConnected && !isDisabled(left)) held = undefined
    })
  }
  const mend = () => {
    if (document.activeElement !== document.body && document.activeElement !== waiting) return
    if (!waiting && (!held || (held.isConnected && !isDisabled(held)))) return
    const panel = waiting ?? panels.find((one) => one.isConnected) ?? node
    const chief = panel === node ? undefined : panel.querySelector<HTMLElement>(CHIEF)
    held = undefined
    if (chief) {
      waiting = undefined
      chief.focus()
    } else if (panel !== waiting) {
      waiting = panel
      panel.tabIndex = -1
      panel.focus({ preventScroll: true })
    }
  }
  node.addEventListener('focusin', take)
  node.addEventListener('focusout', leave)
  const watcher = new MutationObserver(mend)
  watcher.observe(node, { subtree: true, childList: true, attributeFilter: ['disabled'] })
  return () => {
    node.removeEventListener('focusin', take)
    node.removeEventListener('focusout', leave)
    watcher.disconnect()
  }
}

const isDisabled = (element: HTMLElement): boolean => element.matches(':disabled')

/** Panels that an element is in, the innermost first. */
function panelsAround(element: HTMLElement, within: HTMLElement): HTMLElement[] {
  const panels: HTMLElement[] = []
  for (
    let at = element.closest<HTMLElement>('section');
    at && within.contains(at) && at !== within;
    at = at.parentElement?.closest<HTMLElement>('section') ?? null
  )
    panels.push(at)
  return panels
}
