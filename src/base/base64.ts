/** The bytes that base64 text stands for. */
export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0))

/** Letters are made from this many bytes at a time: a call takes only so many arguments. */
const CHUNK = 0x8000

/** Bytes as base64 text. */
export function toBase64(bytes: Uint8Array): string {
  let letters = ''
  for (let start = 0; start < bytes.length; start += CHUNK)
    letters += String.fromCharCode(...bytes.subarray(start, start + CHUNK))
  return btoa(letters)
}
