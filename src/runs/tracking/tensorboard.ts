/** TensorBoard's event files: records of `Event` messages (tensorflow/core/util/event.proto), each with its checksums. */
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

function record(event: Message): Uint8Array {
  const content = bytesOfMessage(event)
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
  const time = { double: began / 1000 }
  const scalar = ({ name, step, value }: Scalar) =>
    record(message([1, time], [2, step], [5, message([1, message([1, name], [2, { float: value }])])]))
  const records = [record(message([1, time], [3, 'brain.Event:2'])), ...scalarsOf(events).map(scalar)]
  const all = new Uint8Array(records.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const own of records) {
    all.set(own, at)
    at += own.length
  }
  return all
}
