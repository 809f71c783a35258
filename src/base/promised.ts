/** A promise, and what settles it. */
export interface Promised<Value> {
  readonly promise: Promise<Value>
  resolve(value: Value): void
  reject(reason: unknown): void
}

/** As `Promise.withResolvers`, which Node.js 20 does not have. */
export function promised<Value>(): Promised<Value> {
  let settle: Pick<Promised<Value>, 'resolve' | 'reject'> | undefined
  const promise = new Promise<Value>((resolve, reject) => {
    settle = { resolve, reject }
  })
  return { promise, ...(settle as Pick<Promised<Value>, 'resolve' | 'reject'>) }
}
