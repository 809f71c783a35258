import { paintSheet } from '../../charts/atlas.ts'
import { pixelsOf, viewOfAll } from '../../charts/scatter-view.ts'
import { toned } from '../../charts/tones.ts'
import type { LatentPlane, Pictures } from '../../protocol.ts'

/** A picture in both ways of keeping it. */
export interface Kept {
  readonly name: string
  readonly title: string
  png(): Promise<Uint8Array<ArrayBuffer>>
  svg(): Promise<string>
}

/** Pixels of a picture's longer side, at least: small pictures are enlarged by a whole factor. */
const LEAST = 96

/** Pictures in rows of `columns`. */
export function keptSheet(name: string, title: string, pictures: Pictures, columns: number): Kept {
  const painted = () => {
    const sheet = document.createElement('canvas')
    paintSheet(sheet, pictures, columns)
    return sheet
  }
  const png = () => {
    const sheet = painted()
    const factor = Math.max(1, Math.ceil(LEAST / Math.max(pictures.width, pictures.height)))
    const large = document.createElement('canvas')
    large.width = sheet.width * factor
    large.height = sheet.height * factor
    const context = large.getContext('2d')
    if (context) {
      context.imageSmoothingEnabled = false
      context.drawImage(sheet, 0, 0, large.width, large.height)
    }
    return pngOf(large)
  }
  const svg = async () => {
    const { width, height } = painted()
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${4 * width}" height="${4 * height}"><title>${escaped(title)}</title><image href="${painted().toDataURL()}" width="${width}" height="${height}" style="image-rendering:pixelated"/></svg>\n`
  }
  return { name, title, png, svg }
}

const SIDE = 720
const DOT = 3.4

/** The latent map, on white. */
export function keptMap(plane: LatentPlane): Kept {
  const title = `Latent map${plane.coloring ? `, colored by ${plane.coloring}` : ''}`
  const svg = async () => mapSvg(plane, title)
  const png = async () => {
    const image = new Image()
    image.src = `data:image/svg+xml,${encodeURIComponent(await svg())}`
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = 2 * image.width
    canvas.height = 2 * image.height
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    return pngOf(canvas)
  }
  return { name: 'latent-map', title, png, svg }
}

export function mapSvg({ points, colors, coloring, axes }: LatentPlane, title: string): string {
  const view = viewOfAll(points)
  const tones = toned(colors, 'light')
  const sets = tones.colors.map((color, tone) => {
    const places: string[] = []
    for (let i = 0; i < points.length / 2; i++) {
      if ((tones.ofPoint[i] ?? 0) !== tone) continue
      const [x, y] = pixelsOf(view, SIDE, [points[2 * i], points[2 * i + 1]])
      places.push(`M${x.toFixed(1)} ${y.toFixed(1)}h0`)
    }
    return `<path d="${places.join('')}" stroke="${color}"/>`
  })
  const legend = tones.entries.map(
    ({ name, color }, i) =>
      `<circle cx="${SIDE + 24}" cy="${44 + 22 * i}" r="5" fill="${color}"/><text x="${SIDE + 36}" y="${48 + 22 * i}">${escaped(name)}</text>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE + 110}" height="${SIDE + 40}" viewBox="0 0 ${SIDE + 110} ${SIDE + 40}" font-family="system-ui,sans-serif" font-size="13"><title>${escaped(title)}</title><rect width="100%" height="100%" fill="#fff"/><g fill="none" stroke-width="${2 * DOT}" stroke-linecap="round" stroke-opacity=".72">${sets.join('')}</g><text x="${SIDE + 16}" y="22" fill="#6a665f">${escaped(coloring ?? '')}</text>${legend.join('')}<text x="${SIDE - 4}" y="${SIDE + 26}" text-anchor="end" fill="#6a665f">${escaped(axes[0])}</text><text x="8" y="18" fill="#6a665f">${escaped(axes[1])}</text></svg>\n`
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`)

async function pngOf(canvas: HTMLCanvasElement): Promise<Uint8Array<ArrayBuffer>> {
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
  return new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer())
}
