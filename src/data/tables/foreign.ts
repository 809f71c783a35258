/** Files of other programs that are no tables here, known by their first bytes, and what turns them into one. */
import { fail } from '../../base/errors.ts'

interface Foreign {
  readonly what: string
  readonly begins: RegExp | readonly string[]
  readonly fix: string
}

const inPython = (reading: string): string =>
  `write it as CSV or Parquet where it can be read; in Python: ${reading}.to_csv("table.csv", index=False)`

const FOREIGN: readonly Foreign[] = [
  {
    what: 'a page of HTML, whatever its ending says',
    begins: /^(?:\u00ef\u00bb\u00bf)?\s*<(?:!doctype html|html|head|body|table|meta|style)\b/i,
    fix: `open it in a spreadsheet and save it as .xlsx or .csv; in Python: pandas.read_html("file")[0].to_csv("table.csv", index=False)`,
  },
  {
    what: 'a file of Stata',
    // Versions 113 to 115 begin with a number for themselves, the order of bytes, 1 and 0.
    begins: [
      '<stata_dta>',
      ...['q', 'r', 's'].flatMap((version) => [`${version}\u0001\u0001\0`, `${version}\u0002\u0001\0`]),
    ],
    fix: inPython('pandas.read_stata("file")'),
  },
  {
    what: 'an XML document',
    begins: /^(?:\u00ef\u00bb\u00bf)?\s*<\?xml\b/i,
    fix: 'open it in a spreadsheet and save it as .xlsx or .csv',
  },
  { what: 'a file of SPSS', begins: /^\$FL[23]/, fix: inPython('pandas.read_spss("file")') },
  {
    what: 'a file of SAS',
    begins: [`${'\0'.repeat(12)}\u00c2\u00ea\u0081\u0060`],
    fix: inPython('pandas.read_sas("file", format="sas7bdat")'),
  },
  {
    what: 'a file of SAS for transport',
    begins: /^HEADER RECORD\*/,
    fix: inPython('pandas.read_sas("file", format="xport")'),
  },
  {
    what: 'a file of Weka (ARFF)',
    begins: /^(?:\s*%[^\n]*\n|\s)*@relation\b/i,
    fix: inPython('pandas.DataFrame(scipy.io.arff.loadarff("file")[0])'),
  },
  {
    what: 'an object of R',
    begins: ['RDX2\n', 'RDX3\n', 'RDA2\n', 'RDA3\n', 'X\n\0\0\0\u0002', 'X\n\0\0\0\u0003'],
    fix: 'in R: write.csv(readRDS("file"), "table.csv", row.names = FALSE); of an .RData file load() it and write what it holds',
  },
  { what: 'a file of HDF5', begins: ['\u0089HDF'], fix: inPython('pandas.read_hdf("file")') },
  {
    what: 'a pickle of Python',
    begins: ['\u0080\u0002c', '\u0080\u0003c', '\u0080\u0004\u0095', '\u0080\u0005\u0095'],
    fix: inPython('pandas.read_pickle("file")'),
  },
  { what: 'a PDF document', begins: /^%PDF-/, fix: 'ask for the table itself, as .xlsx or .csv' },
]

/** Error, usage: `table/foreign`. */
export function refuseForeign(opening: Uint8Array): void {
  const text = Array.from(opening, (byte) => String.fromCharCode(byte)).join('')
  const found = FOREIGN.find(({ begins }) =>
    begins instanceof RegExp ? begins.test(text) : begins.some((opening) => text.startsWith(opening)),
  )
  if (found)
    fail({
      code: 'table/foreign',
      seen: found.what,
      wanted: 'a table as .csv, .xlsx, .json, .jsonl, .parquet or .arrow',
      fix: found.fix,
      usage: true,
    })
}
