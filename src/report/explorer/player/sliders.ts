import { fixed } from '../../format.ts'
import type { CodeState } from './state.ts'

/** Ties sliders that name their dimension to the code. */
export function openSliders(inputs: readonly HTMLInputElement[], state: CodeState): () => void {
  for (const input of inputs)
    input.addEventListener('input', () =>
      state.move(new Map([[Number(input.dataset.dimension), input.valueAsNumber]])),
    )
  return () => {
    for (const input of inputs) {
      const dimension = Number(input.dataset.dimension)
      const text = fixed(state.codeAt(dimension))
      input.valueAsNumber = state.positions[dimension]
      input.setAttribute('aria-valuetext', text)
      input.parentElement!.querySelector('output')!.textContent = text
    }
  }
}
