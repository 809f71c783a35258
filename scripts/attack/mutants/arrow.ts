/** Changes what an Arrow file says of itself: its messages, and the numbers of their flatbuffers. */
import { joined, little, oddNumber, pick, type Roll, rearranged } from './dish.ts'

const MAGIC = 'ARROW1'
const GOES_ON = 0xffffffff

interface Message {
  readonly head: Uint8Array
  readonly body: Uint8Array
}

/** Messages from a place on: a mark, how long the head is, the head, and what stands before the next mark as its body. */
function messagesFrom(bytes: Buffer, begin: number): Message[] {
  const marks: number[] = []
  for (let at = begin; at + 8 <= bytes.length; at += 8)
    if (bytes.readUInt32LE(at) === GOES_ON && bytes.readUInt32LE(at + 4) < bytes.length) marks.push(at)
  return marks.map((at, index) => {
    const head = at + 8 + bytes.readUInt32LE(at + 4)
    return {
      head: bytes.subarray(at + 8, head),
      body: bytes.subarray(head, marks[index + 1] ?? bytes.length),
    }
  })
}

/** Numbers of a flatbuffer: offsets, lengths, sizes of vectors, small numbers of tables, wherever they are aligned. */
function oddNumbers(head: Uint8Array, roll: Roll): Uint8Array {
  const bytes = Buffer.from(head)
  for (let times = 1 + roll(3); times > 0 && bytes.length >= 8; times--) {
    const width = pick(roll, [1, 2, 4, 4, 8] as const)
    const at = width * roll(Math.floor(bytes.length / width))
    const now = width === 8 ? Number(bytes.readBigInt64LE(at)) : bytes.readIntLE(at, width)
    bytes.set(little(oddNumber(roll, now), width), at)
  }
  return bytes
}

function oddMessage({ head, body }: Message, roll: Roll): Message {
  const kind = roll(4)
  if (kind === 0)
    return { head, body: roll(2) === 0 ? body.subarray(0, roll(body.length + 1)) : oddNumbers(body, roll) }
  return { head: oddNumbers(head, roll), body }
}

export function oddArrow(file: Uint8Array, roll: Roll): Uint8Array {
  const bytes = Buffer.from(file)
  const isFile = bytes.toString('latin1', 0, 6) === MAGIC
  const footerLength = isFile ? bytes.readUInt32LE(bytes.length - 10) : 0
  const footerAt = isFile ? bytes.length - 10 - footerLength : bytes.length
  const footer = bytes.subarray(footerAt, footerAt + footerLength)
  const begin = isFile ? 8 : 0
  const messages = messagesFrom(bytes.subarray(0, footerAt), begin)
  if (isFile && roll(3) === 0)
    return joined(bytes.subarray(0, footerAt), oddNumbers(footer, roll), little(footerLength, 4), MAGIC)
  const changed = rearranged(messages, roll, (message) => oddMessage(message, roll))
  const body = changed.flatMap(({ head, body }) => [
    ...[
      little(GOES_ON, 4),
      little(roll(40) === 0 ? oddNumber(roll, head.length) : head.length, 4),
      head,
      body,
    ],
  ])
  const end = isFile ? [footer, little(footerLength, 4), MAGIC] : []
  return joined(bytes.subarray(0, begin), ...body, ...end)
}
