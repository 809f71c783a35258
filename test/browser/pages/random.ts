import { fillBits, fillNormal, fillUniform, permutation, streams } from '../../../src/base/random.ts'

const count = 100_003
const draw = { seed: 2 ** 40 + 12345, stream: streams.posterior, step: 7 }

const digest = async (drawn: Uint32Array | Float32Array): Promise<string> => {
  const hash = await crypto.subtle.digest('SHA-256', drawn.slice().buffer)
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** One hash for the bits of each kind of draw. */
export const main = async (): Promise<Record<string, string>> => ({
  bits: await digest(fillBits(new Uint32Array(count), draw)),
  uniforms: await digest(fillUniform(new Float32Array(count), draw, -1, 2)),
  normals: await digest(fillNormal(new Float32Array(count), draw)),
  permutation: await digest(permutation(count, draw)),
})
