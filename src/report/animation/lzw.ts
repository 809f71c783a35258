const MOST_CODES = 4096

/** Bytes packed by LZW as GIF has it: codes grow from 9 to 12 bits, least significant bit first. GIF89a, appendix F. */
export function lzw(bytes: Uint8Array): Uint8Array {
  const out = new BitWriter()
  const CLEAR = 256
  const END = 257
  /** The code of what a code stands for and one more byte, at code · 256 + byte; 0 where there is none. */
  const longer = new Uint16Array(MOST_CODES * 256)
  let [next, width] = [END + 1, 9]
  out.write(CLEAR, width)
  let prefix = bytes[0]
  for (let i = 1; i < bytes.length; i++) {
    const at = prefix * 256 + bytes[i]
    if (longer[at] > 0) {
      prefix = longer[at]
      continue
    }
    out.write(prefix, width)
    prefix = bytes[i]
    if (next === MOST_CODES) {
      out.write(CLEAR, width)
      longer.fill(0)
      next = END + 1
      width = 9
    } else {
      if (next === 2 ** width) width++
      longer[at] = next++
    }
  }
  out.write(prefix, width)
  // The reader counts one code more for the last one written.
  if (next === 2 ** width && width < 12) width++
  out.write(END, width)
  return out.finish()
}

class BitWriter {
  private bytes = new Uint8Array(1 << 12)
  private length = 0
  private held = 0
  private count = 0

  write(code: number, width: number): void {
    this.held |= code << this.count
    this.count += width
    while (this.count >= 8) {
      this.push(this.held & 255)
      this.held >>>= 8
      this.count -= 8
    }
  }

  finish(): Uint8Array {
    if (this.count > 0) this.push(this.held & 255)
    return this.bytes.subarray(0, this.length)
  }

  private push(byte: number): void {
    if (this.length === this.bytes.length) {
      const wider = new Uint8Array(2 * this.length)
      wider.set(this.bytes)
      this.bytes = wider
    }
    this.bytes[this.length++] = byte
  }
}
