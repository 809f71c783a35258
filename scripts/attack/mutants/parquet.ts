/** Changes what a Parquet file says of itself: its footer, and the headers of its pages. */
import { mutated } from '../../../src/data/tables/readers/mutants.testing.ts'
import { joined, little, oddNumber, pick, type Roll, rearranged } from './dish.ts'
import { STRUCT, structBytes, type Thrift, type ThriftField, ThriftReader } from './thrift.ts'

const isStruct = (of: Thrift): of is Thrift & { readonly value: readonly ThriftField[] } => of.type === STRUCT

/** One place below, somewhere in the tree, with another number, text or list. */
function oddThrift(of: Thrift, roll: Roll): Thrift {
  const { type, value } = of
  if (typeof value === 'boolean') return { type, value: !value }
  if (typeof value === 'bigint') return { type, value: BigInt(oddNumber(roll, Number(value))) }
  if (value instanceof Uint8Array)
    return { type, value: type === 7 ? value.map(() => roll(256)) : mutated(value, roll) }
  if (isStruct(of)) return { type, value: oddFields(of.value, roll) }
  return { type, value: oddItems(value as readonly Thrift[], roll) }
}

const oddItems = (items: readonly Thrift[], roll: Roll): readonly Thrift[] =>
  roll(4) === 0
    ? rearranged(items, roll, (item) => oddThrift(item, roll))
    : oneOdd(items, roll, (item) => oddThrift(item, roll))

function oddFields(fields: readonly ThriftField[], roll: Roll): readonly ThriftField[] {
  const changed = ({ id, of }: ThriftField): ThriftField =>
    roll(9) === 0 ? { id: 1 + roll(20), of } : { id, of: oddThrift(of, roll) }
  if (roll(6) === 0) return rearranged(fields, roll, changed).sort((a, b) => a.id - b.id)
  return oneOdd(fields, roll, changed)
}

function oneOdd<Item>(items: readonly Item[], roll: Roll, changed: (item: Item) => Item): readonly Item[] {
  const at = roll(items.length)
  return items.map((item, index) => (index === at ? changed(item) : item))
}

const MAGIC = 'PAR1'

const footerOf = (bytes: Uint8Array): { at: number; fields: ThriftField[] } => {
  const at = bytes.length - 8 - Buffer.from(bytes).readUInt32LE(bytes.length - 8)
  return { at, fields: new ThriftReader(bytes, at).struct() }
}

/** Where pages begin, by the footer: row groups (4), their columns (1), what these are (3), their offsets (9 and 11). */
function pagePlaces(fields: readonly ThriftField[]): number[] {
  const within = (of: Thrift | undefined, id: number): Thrift | undefined =>
    of && isStruct(of) ? of.value.find((field) => field.id === id)?.of : undefined
  const items = (of: Thrift | undefined): readonly Thrift[] =>
    Array.isArray(of?.value) ? (of.value as Thrift[]) : []
  const groups = items(fields.find(({ id }) => id === 4)?.of)
  const columns = groups.flatMap((group) => items(within(group, 1)).map((column) => within(column, 3)))
  return columns.flatMap((column) =>
    [within(column, 9), within(column, 11)].flatMap((of) => (of ? [Number(of.value)] : [])),
  )
}

/** A page's header that says something else, in as many bytes as it had where it can be brought to. */
function withOddPage(bytes: Uint8Array, at: number, roll: Roll): Uint8Array {
  const reader = new ThriftReader(bytes, at)
  const header = reader.struct()
  const odd = Uint8Array.from(structBytes(oddFields(header, roll)))
  const room = reader.at - at
  // Longer ones push on what follows, which then lies elsewhere than the footer says.
  return joined(
    bytes.subarray(0, at),
    odd,
    bytes.subarray(at + Math.max(room, odd.length) - (odd.length > room ? odd.length - room : 0)),
  )
}

export function oddParquet(bytes: Uint8Array, roll: Roll): Uint8Array {
  const { at, fields } = footerOf(bytes)
  const places = pagePlaces(fields).filter((place) => place > 0 && place < at)
  const kind = roll(3)
  const body = bytes.subarray(0, at)
  const pages = kind > 0 && places.length > 0 ? withOddPage(body, pick(roll, places), roll) : body
  const said = kind !== 1 ? oddFields(fields, roll) : fields
  const footer = Uint8Array.from(structBytes(said))
  const length = roll(30) === 0 ? oddNumber(roll, footer.length) : footer.length
  return joined(pages, footer, little(length, 4), MAGIC)
}
