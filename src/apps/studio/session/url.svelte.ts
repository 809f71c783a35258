/** View and selection in the URL's hash, such as `#explore?run=digits-1&by=umap`, so that a view can be shared. */

const VIEWS = ['train', 'watch', 'explore', 'compare', 'tour', 'takeaway'] as const
export type View = (typeof VIEWS)[number]

const isView = (name: string): name is View => VIEWS.some((view) => view === name)

/** Place of the studio; assigning changes the address, and going back in the browser changes it here. */
export class Place {
  #view = $state<View>('train')
  #params = $state.raw<Readonly<Record<string, string>>>({})

  constructor(hash: string) {
    this.read(hash)
  }

  get view(): View {
    return this.#view
  }

  /** Selections by name, as text. */
  get params(): Readonly<Record<string, string>> {
    return this.#params
  }

  /** The address of a view, for links. */
  static href(view: View, params: Readonly<Record<string, string>> = {}): string {
    const query = new URLSearchParams(params).toString()
    return `#${view}${query && `?${query}`}`
  }

  /** Goes to a view, with a step in the browser's history. */
  go(view: View, params: Readonly<Record<string, string>> = this.#params): void {
    location.hash = Place.href(view, params)
  }

  /** Changes selections in place, without a step in the browser's history; undefined removes one. */
  set(changes: Readonly<Record<string, string | undefined>>): void {
    const kept = Object.entries({ ...this.#params, ...changes }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    )
    const hash = Place.href(this.#view, Object.fromEntries(kept))
    history.replaceState(history.state, '', hash)
    this.read(hash)
  }

  /** Takes a hash over, such as one that the browser went back to; an unknown view is the first. */
  read(hash: string): void {
    const [name, query = ''] = hash.replace(/^#/, '').split('?')
    this.#view = isView(name) ? name : VIEWS[0]
    this.#params = Object.fromEntries(new URLSearchParams(query))
  }
}

/** Where the page is. */
export const place = new Place(typeof location === 'undefined' ? '' : location.hash)
if (typeof addEventListener === 'function')
  addEventListener('hashchange', () => {
    place.read(location.hash)
  })
