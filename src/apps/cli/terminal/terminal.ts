/** Where a command writes: data to stdout, people's text to stderr. */
export interface Terminal {
  /** Data. */
  out(text: string): void
  /** A line for people. */
  say(line: string): void
  /** Writes to stderr as it is, without a line end. */
  paint(text: string): void
  /** Whether stderr is a terminal that can redraw a line. */
  readonly live: boolean
  /** Whether stdout is read by a person. */
  readonly outIsTerminal: boolean
  /** Columns of stderr. */
  width(): number
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

type Stream = NodeJS.WriteStream

const plain: Style = { bold: (t) => t, dim: (t) => t, accent: (t) => t, warn: (t) => t }
const sgr = (open: number, close: number) => (text: string) => `\u001b[${open}m${text}\u001b[${close}m`
const colored: Style = { bold: sgr(1, 22), dim: sgr(2, 22), accent: sgr(36, 39), warn: sgr(33, 39) }

const wantsColor = ({ isTTY }: Stream, env: NodeJS.ProcessEnv): boolean =>
  isTTY && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb'

export function terminalOf(stdout: Stream, stderr: Stream, env: NodeJS.ProcessEnv): Terminal {
  return {
    out: (text) => void stdout.write(text),
    say: (line) => void stderr.write(`${line}\n`),
    paint: (text) => void stderr.write(text),
    live: stderr.isTTY && env.TERM !== 'dumb',
    outIsTerminal: stdout.isTTY,
    // A terminal that does not know its size says 0.
    width: () => stderr.columns || 80,
    errStyle: wantsColor(stderr, env) ? colored : plain,
    outStyle: wantsColor(stdout, env) ? colored : plain,
  }
}
