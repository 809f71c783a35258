/** Small whole texts that mutants are made of. */
import { sheetXml } from './excel.testing.ts'

const text = (lines: string) => new TextEncoder().encode(lines)

/** Tables of cells: plain, and with what people put around them, each of which is told from the rest. */
export const csvSeedlings: readonly Uint8Array[] = [
  text('id,"na ""me""",size\r\n1,"Zürich, CH",2.5\r\n2,,-1e3\r\n\r\n3,"a\nb",\r\n4,北京,7\r\n'),
  text('sep=;\r\na;b\r\n1,5;2\r\n3,5;4\r\n'),
  text('# by hand\n"x" "y z"\n"1" 5.1 "a b"\n"2"  4.9\tc\n'),
  text('Sales\n\nregion\tunits\t2019\nn\t1,234\t2.5\t\ns\t2,345\t3.5\t\n'),
  Uint8Array.from(Buffer.from('\ufeffa\tü\n1\t2\n', 'utf16le')),
]
export const jsonSeedlings: readonly Uint8Array[] = [
  text('[\n {"a": 1, "b": {"c": "x,]", "d": [1]}},\n {"a": null, "b": {"c": "\\"}"}}, {}\n]\n'),
  text('{"a": {"0": 1, "1": 2},\n "b": {"0": "x", "1": null}}'),
]
export const jsonLinesSeedling: Uint8Array = text(
  '{"id":1,"name":{"de":"Zürich"},"on":true}\n{"id":2,"name":null,"size":-1.5e3}\n\n{"on":false}\n',
)
export const sheetSeedling: Uint8Array = text(sheetXml)
