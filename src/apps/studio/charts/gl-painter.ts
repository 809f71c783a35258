/** Points drawn by WebGL: they are handed over once, and a zoom changes four numbers. */
import { type Cloud, OPACITY, type PointPainter, radiusFor } from './point-painter.ts'
import { channelsOf, type Toned } from './tones.ts'

const VERTEX = `
attribute vec2 place;
attribute vec3 color;
uniform vec2 center;
uniform vec2 reach;
uniform mediump float size;
varying vec3 shade;
void main() {
  gl_Position = vec4((place - center) / reach, 0.0, 1.0);
  gl_PointSize = size;
  shade = color;
}`

/** A disc with a soft edge of one pixel; colors are multiplied by their opacity, as the canvas wants them. */
const FRAGMENT = `
precision mediump float;
uniform mediump float size;
uniform float opacity;
varying vec3 shade;
void main() {
  float away = length(gl_PointCoord - 0.5) * size;
  float cover = clamp(size * 0.5 - away, 0.0, 1.0) * opacity;
  gl_FragColor = vec4(shade * cover, cover);
}`

const SIZES = { place: 2, color: 3 } as const

/** On the graphics card, for large maps. Throws where there is no WebGL. */
export function glPainter(canvas: HTMLCanvasElement): PointPainter {
  const gl = canvas.getContext('webgl')
  if (!gl) throw new Error('no WebGL')
  let card = onCard(gl)
  let last: Cloud | undefined
  const paint = (cloud: Cloud): void => {
    last = cloud
    if (gl.isContextLost()) return
    canvas.width = canvas.height = cloud.side * devicePixelRatio
    card.draw(cloud)
  }
  // The system takes the card away from pages, such as after a sleep, and gives it back empty.
  const lose = (event: Event) => event.preventDefault()
  const restore = () => {
    card = onCard(gl)
    if (last) paint(last)
  }
  canvas.addEventListener('webglcontextlost', lose)
  canvas.addEventListener('webglcontextrestored', restore)
  return {
    paint,
    dispose() {
      canvas.removeEventListener('webglcontextlost', lose)
      canvas.removeEventListener('webglcontextrestored', restore)
      // A browser keeps a page to a few contexts.
      gl.getExtension('WEBGL_lose_context')?.loseContext()
    },
  }
}

/** The program and its arrays. */
function onCard(gl: WebGLRenderingContext): { draw(cloud: Cloud): void } {
  const program = programOf(gl)
  const uniform = (name: string) => gl.getUniformLocation(program, name)
  const at = {
    center: uniform('center'),
    reach: uniform('reach'),
    size: uniform('size'),
    opacity: uniform('opacity'),
  }
  const fill = { place: filler(gl, program, 'place'), color: filler(gl, program, 'color') }
  gl.useProgram(program)
  gl.enable(gl.BLEND)
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
  let held: Pick<Cloud, 'points' | 'toned'> | undefined
  return {
    draw({ points, toned, view, side }) {
      if (held?.points !== points) fill.place(Float32Array.from(points))
      if (held?.points !== points || held.toned !== toned) fill.color(shadesOf(toned, points.length / 2))
      held = { points, toned }
      gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight)
      gl.uniform2f(at.center, ...view.center)
      gl.uniform2f(at.reach, ...view.reach)
      // Of the side in pixels of the screen, with half a pixel of soft edge all around.
      gl.uniform1f(at.size, (2 * radiusFor(points.length / 2) * gl.drawingBufferWidth) / side + 1)
      gl.uniform1f(at.opacity, OPACITY)
      gl.clear(gl.COLOR_BUFFER_BIT)
      gl.drawArrays(gl.POINTS, 0, points.length / 2)
    },
  }
}

function programOf(gl: WebGLRenderingContext): WebGLProgram {
  const program = gl.createProgram()
  for (const [kind, text] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(kind)
    if (!shader) throw new Error('no shader')
    gl.shaderSource(shader, text)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
  }
  gl.linkProgram(program)
  if (gl.getProgramParameter(program, gl.LINK_STATUS)) return program
  throw new Error(gl.getProgramInfoLog(program) ?? 'shaders that do not link')
}

/** Gives the program an array, and fills it. */
function filler(
  gl: WebGLRenderingContext,
  program: WebGLProgram,
  name: keyof typeof SIZES,
): (numbers: Float32Array<ArrayBuffer>) => void {
  const buffer = gl.createBuffer()
  const place = gl.getAttribLocation(program, name)
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer)
  gl.enableVertexAttribArray(place)
  gl.vertexAttribPointer(place, SIZES[name], gl.FLOAT, false, 0, 0)
  return (numbers) => {
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer)
    gl.bufferData(gl.ARRAY_BUFFER, numbers, gl.STATIC_DRAW)
  }
}

/** Red, green and blue of each point, 0 to 1. */
function shadesOf({ colors, ofPoint }: Toned, count: number): Float32Array<ArrayBuffer> {
  const channels = colors.map((color) => channelsOf(color).map((channel) => channel / 255))
  const shades = new Float32Array(SIZES.color * count)
  for (let i = 0; i < count; i++) shades.set(channels[ofPoint[i] ?? 0], SIZES.color * i)
  return shades
}
