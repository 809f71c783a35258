import { fitted } from './lines.ts'
import { visible } from './visible.ts'

/** Where a command writes: data and results to stdout, what is said besides to stderr. */
export interface Terminal {
  /** Data: as they are where they are piped, and without power over it on a terminal, as all that is told or said. */
  out(text: string): void
  /** Lines of a result, which on a terminal break at blanks where they are too wide. */
  tell(lines: readonly string[]): void
  /** A line for people beside data and results; it breaks in the same way. */
  say(line: string): void
  /** Writes to stderr as it is, without a line end. */
  paint(text: string): void
  /** Whether stderr is a terminal that can redraw a line. */
  readonly live: boolean
  /** Whether stdout is read by a person. */
  readonly outIsTerminal: boolean
  /** Columns that whoever reads has, 80 where nothing is known of it. */
  width(): number
  /** Columns that lines of stdout, and of stderr, may take: without end where none is a terminal. */
  outWidth(): number
  errWidth(): number
  /** Style for stderr, and for stdout; plain where colors are not wanted. */
  readonly errStyle: Style
  readonly outStyle: Style
}

export interface Style {
  bold(text: string): string
  dim(text: string): string
  accent(text: string): string
  warn(text: string): string
}

/** What a terminal needs to know of a stream. */
export interface Stream {
  write(text: string): unknown
  readonly isTTY?: boolean
  readonly columns?: number
}

const plain: Style = { bold: (t) => t, dim: (t) => t, accent: (t) => t, warn: (t) => t }
const sgr = (open: number, close: number) => (text: string) => `\u001b[${open}m${text}\u001b[${close}m`
const colored: Style = { bold: sgr(1, 22), dim: sgr(2, 22), accent: sgr(36, 39), warn: sgr(33, 39) }

const wantsColor = ({ isTTY = false }: Stream, env: NodeJS.ProcessEnv): boolean =>
  isTTY && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb'

export function terminalOf(stdout: Stream, stderr: Stream, env: NodeJS.ProcessEnv): Terminal {
  // A terminal that does not know its size says 0.
  const width = () => stdout.columns || stderr.columns || 80
  const widthOn = (stream: Stream) => (stream.isTTY ? width() : Number.POSITIVE_INFINITY)
  const write = (stream: Stream, lines: readonly string[]) => {
    const shown = stream === stderr || stream.isTTY ? lines.map(visible) : lines
    const parts = shown.flatMap((line) => line.split('\n')).flatMap((line) => fitted(line, widthOn(stream)))
    stream.write(parts.map((part) => `${part}\n`).join(''))
  }
  return {
    out: (text) => void stdout.write(stdout.isTTY ? visible(text) : text),
    tell: (lines) => write(stdout, lines),
    say: (line) => write(stderr, [line]),
    paint: (text) => void stderr.write(text),
    live: stderr.isTTY === true && env.TERM !== 'dumb',
    outIsTerminal: stdout.isTTY === true,
    width,
    outWidth: () => widthOn(stdout),
    errWidth: () => widthOn(stderr),
    errStyle: wantsColor(stderr, env) ? colored : plain,
    outStyle: wantsColor(stdout, env) ? colored : plain,
  }
}
