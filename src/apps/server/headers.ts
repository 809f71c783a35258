/** With these a page is cross-origin isolated, and may share memory between threads. */
export const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
} as const

/** What a page may load and do: nothing from elsewhere. */
const policy = [
  "default-src 'self'",
  // regl, which draws latent maps of more than 5,000 points, composes its drawing functions as text. It is worth that:
  // with 50,000 points a zoom computes for 80 ms, on a canvas for 175. Where this is not allowed the canvas takes over,
  // and WebAssembly is content with 'wasm-unsafe-eval'.
  "script-src 'self' 'unsafe-eval'",
  "worker-src 'self' blob:",
  "style-src 'self'",
  // Elements' own style attributes run nothing.
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self' data: blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** What every answer says. */
export const everyAnswer = {
  ...isolation,
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Content-Security-Policy': policy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
} as const
