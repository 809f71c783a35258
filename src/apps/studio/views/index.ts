/** Every view of the studio, in the order of its tabs. To add one: its folder, and one line here. */
import type { Component } from 'svelte'
import type { View } from '../session/url.svelte.ts'

export interface ViewEntry {
  readonly id: View
  readonly title: string
  load(): Promise<{ readonly default: Component }>
}

export const allViews: readonly ViewEntry[] = [
  { id: 'train', title: 'Train', load: () => import('./train/Train.svelte') },
  { id: 'watch', title: 'Watch', load: () => import('./watch/Watch.svelte') },
  { id: 'explore', title: 'Explore', load: () => import('./explore/Explore.svelte') },
  { id: 'compare', title: 'Compare', load: () => import('./compare/Compare.svelte') },
  { id: 'takeaway', title: 'Take away', load: () => import('./takeaway/TakeAway.svelte') },
  { id: 'tour', title: 'Tour', load: () => import('./tour/Tour.svelte') },
]
