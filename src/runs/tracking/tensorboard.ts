/** TensorBoard's event files: records of `Event` messages (tensorflow/core/util/event.proto), each with its checksums. */
import { joinedBytes } from '../../base/bytes.ts'
import { bytesOfMessage, type Message, message } from '../../graph/onnx/protobuf.ts'
import type { LoggedEvent } from '../journal.ts'
import { type Scalar, scalarsOf } from './scalars.ts'

/** CRC-32C (Castagnoli). */
const remainders = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte
  for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? 0x82f63b78 : 0)
  return remainder
})

/** The checksum of a record, rotated and moved, so that one of checksums differs from them. */
function maskedCrc(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (crc >>> 8) ^ remainders[(crc ^ byte) & 0xff]
  const own = ~crc >>> 0
  return (((own >>> 15) | (own << 17)) + 0xa282ead8) >>> 0
}

/** Field 1 of an event, its time: a double, which other messages of ours have none of. */
const TIME = Uint8Array.of(0x09)

function record(time: Uint8Array, event: Message): Uint8Array {
  const content = joinedBytes([TIME, time, bytesOfMessage(event)])
  const bytes = new Uint8Array(content.length + 16)
  const view = new DataView(bytes.buffer)
  view.setBigUint64(0, BigInt(content.length), true)
  view.setUint32(8, maskedCrc(bytes.subarray(0, 8)), true)
  bytes.set(content, 12)
  view.setUint32(12 + content.length, maskedCrc(content), true)
  return bytes
}

/** A run's log as an event file. The log keeps no times: all events have that at which the run began, in milliseconds. */
export function tensorboardFile(events: readonly LoggedEvent[], began: number): Uint8Array {
  const time = new Uint8Array(new Float64Array([began / 1000]).buffer)
  const scalar = ({ name, step, value }: Scalar) =>
    record(time, message([2, step], [5, message([1, message([1, name], [2, { float: value }])])]))
  return joinedBytes([record(time, message([3, 'brain.Event:2'])), ...scalarsOf(events).map(scalar)])
}
