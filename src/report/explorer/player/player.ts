/** What runs inside an explorer page; scripts/explorer.mjs bundles it into player.packed.ts. */
import { CONTENTS_ID, type Contents } from '../contents.ts'
import { openCells } from './cells.ts'
import { floatsOf, openDecoder } from './decoder.ts'
import { openPicture } from './picture.ts'
import { codeRecords, openPlane } from './plane.ts'
import { openSliders } from './sliders.ts'
import { openState } from './state.ts'

const element = <Kind extends HTMLElement>(id: string): Kind => document.getElementById(id) as Kind

const contents: Contents = JSON.parse(element(CONTENTS_ID).textContent)
const decode = openDecoder(contents)
const state = openState(contents.center, contents.step)
const { latent } = state
const draws = floatsOf(contents.draws)

const show = contents.range
  ? openPicture(element('picture'), contents.exampleShape, contents.range)
  : openCells(element('cells'), contents)
state.onChange(openSliders([...document.querySelectorAll<HTMLInputElement>('input[data-dimension]')], state))
state.onChange(() => show(decode(state.code())))
const { plane } = contents
if (plane) {
  // Saved as CSV by what runs in every page.
  Object.assign(element('where'), { records: () => codeRecords(plane, latent) })
  state.onChange(
    openPlane(
      { canvas: element('plane'), across: element('across'), up: element('up') },
      plane,
      contents,
      state,
    ),
  )
}
element('reset').addEventListener('click', state.reset)
element('draw').addEventListener('click', () => {
  const row = Math.floor((Math.random() * draws.length) / latent)
  state.moveTo(draws.subarray(row * latent, (row + 1) * latent))
})
state.reset()
// For who opens the browser's console: the decoder as a function, and the code that is shown.
Object.assign(globalThis, { betavae: { decode, code: state.code } })
