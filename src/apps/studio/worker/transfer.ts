/** The buffers in a message, each once: they are handed over instead of copied. What is shared or foreign is left out. */
export function buffersIn(message: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>()
  const look = (value: unknown): void => {
    if (ArrayBuffer.isView(value)) {
      const { buffer, byteLength } = value
      // A view of a part would take what lies beside it along.
      if (buffer instanceof ArrayBuffer && byteLength === buffer.byteLength && byteLength > 0)
        found.add(buffer)
    } else if (Array.isArray(value)) {
      if (typeof value[0] === 'object') value.forEach(look)
    } else if (
      typeof value === 'object' &&
      value !== null &&
      Object.getPrototypeOf(value) === Object.prototype
    )
      Object.values(value).forEach(look)
  }
  look(message)
  return [...found]
}
