import { type Contents, type Plane, REACH } from '../contents.ts'
import { floatsOf } from './decoder.ts'
import type { CodeState } from './state.ts'

/** How far an arrow key moves, in steps of the code, and with Shift. */
const NUDGE = { fine: 0.1, coarse: 0.5 } as const
const DOT = 2.2
const EDGE = 1.08 * REACH

interface PlaneParts {
  readonly canvas: HTMLCanvasElement
  readonly across: HTMLSelectElement
  readonly up: HTMLSelectElement
}

/** Shows codes along two dimensions; a click, a drag or an arrow key moves the page's code in their plane. */
export function openPlane(
  { canvas, across, up }: PlaneParts,
  plane: Plane,
  { center, step }: Contents,
  state: CodeState,
): () => void {
  const codes = floatsOf(plane.codes)
  const axes = () => [Number(across.value), Number(up.value)]
  const draw = () => {
    const side = canvas.clientWidth * devicePixelRatio
    canvas.width = side
    canvas.height = side
    const context = canvas.getContext('2d')!
    const pixels = (position: number) => ((position + EDGE) / (2 * EDGE)) * side
    const place = (positions: ArrayLike<number>, from = 0): [number, number] => {
      const [x, y] = axes()
      return [pixels(positions[from + x]), side - pixels(positions[from + y])]
    }
    drawSets(context, plane, (member) => place(positionsOf(member), 0))
    drawCross(context, place(state.positions), side)
  }
  const positionsOf = (member: number): number[] =>
    center.map((middle, d) => (step[d] > 0 ? (codes[member * center.length + d] - middle) / step[d] : 0))
  listen(canvas, state, axes)
  for (const select of [across, up]) select.addEventListener('change', draw)
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw)
  addEventListener('resize', draw)
  return draw
}

/** The codes that are shown, for the page to save: a record each, with the set that it is colored by. */
export function codeRecords(
  { codes, sets, legend }: Plane,
  latent: number,
): ReadonlyMap<string, string | number>[] {
  const numbers = floatsOf(codes)
  return sets.flatMap(({ tone, members }) => {
    const set =
      legend?.isRamp === false ? legend.entries.find((entry) => entry.tone === tone)?.name : undefined
    return members.map((member) => {
      const record = new Map<string, string | number>()
      if (legend && set !== undefined) record.set(legend.title, set)
      for (let d = 0; d < latent; d++) record.set(`z${d}`, numbers[member * latent + d])
      return record
    })
  })
}

/** Moves the code with the pointer and with arrow keys. */
function listen(canvas: HTMLCanvasElement, state: CodeState, axes: () => number[]): void {
  const follow = ({ clientX, clientY }: PointerEvent) => {
    const { left, top, width, height } = canvas.getBoundingClientRect()
    const [x, y] = axes()
    const right = ((clientX - left) / width) * 2 - 1
    const down = ((clientY - top) / height) * 2 - 1
    state.move(
      new Map([
        [x, right * EDGE],
        [y, -down * EDGE],
      ]),
    )
  }
  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId)
    follow(event)
  })
  canvas.addEventListener('pointermove', (event) => {
    if (canvas.hasPointerCapture(event.pointerId)) follow(event)
  })
  canvas.addEventListener('keydown', (event) => {
    const [x, y] = axes()
    const ways: Record<string, readonly [number, number]> = {
      ArrowLeft: [x, -1],
      ArrowRight: [x, 1],
      ArrowDown: [y, -1],
      ArrowUp: [y, 1],
    }
    const way = ways[event.key]
    if (!way) return
    event.preventDefault()
    const [dimension, sign] = way
    const far = sign * (event.shiftKey ? NUDGE.coarse : NUDGE.fine)
    state.move(new Map([[dimension, state.positions[dimension] + far]]))
  })
}

function drawSets(
  context: CanvasRenderingContext2D,
  { sets }: Plane,
  place: (member: number) => readonly [number, number],
): void {
  const style = getComputedStyle(context.canvas)
  context.globalAlpha = 0.6
  for (const { tone, members } of sets) {
    context.fillStyle = style.getPropertyValue(`--${tone}`)
    context.beginPath()
    for (const member of members) {
      const [x, y] = place(member)
      context.moveTo(x, y)
      context.arc(x, y, DOT * devicePixelRatio, 0, 2 * Math.PI)
    }
    context.fill()
  }
  context.globalAlpha = 1
}

function drawCross(context: CanvasRenderingContext2D, [x, y]: readonly [number, number], side: number): void {
  context.strokeStyle = getComputedStyle(context.canvas).getPropertyValue('--ink')
  context.lineWidth = 1.5 * devicePixelRatio
  context.beginPath()
  context.arc(x, y, 7 * devicePixelRatio, 0, 2 * Math.PI)
  context.stroke()
  context.globalAlpha = 0.35
  context.lineWidth = devicePixelRatio
  context.beginPath()
  context.moveTo(x, 0)
  context.lineTo(x, side)
  context.moveTo(0, y)
  context.lineTo(side, y)
  context.stroke()
  context.globalAlpha = 1
}
