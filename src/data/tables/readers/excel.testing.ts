/** Workbooks as Excel writes them. */
import { strToU8, zipSync } from 'fflate'

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

const CONTENT_TYPES = `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>`
const ROOT = `${HEAD}<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`
const BOOK = `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><workbookPr defaultThemeVersion="166925"/><sheets><sheet name="Visits" sheetId="1" r:id="rId1"/><sheet name="Other" sheetId="2" r:id="rId2"/></sheets></workbook>`
const BOOK_RELATIONS = `${HEAD}<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="${OFFICE}/styles" Target="styles.xml"/><Relationship Id="rId4" Type="${OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`
/** 1: a day; 2: a day with a time; 3: a time. */
const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="1"><font><sz val="11"/></font></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" xfId="0"/><xf numFmtId="14" xfId="0" applyNumberFormat="1"/><xf numFmtId="22" xfId="0" applyNumberFormat="1"/><xf numFmtId="20" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`
const STRINGS = `${HEAD}<sst xmlns="${MAIN}" count="6" uniqueCount="6"><si><t>zip</t></si><si><t>day</t></si><si><t>price</t></si><si><t>00123</t></si><si><r><t>Z\u00fc</t></r><r><rPr><b/></rPr><t xml:space="preserve">rich </t></r></si><si><t>seen</t></si></sst>`

export const sheetOf = (rows: string): string =>
  `${HEAD}<worksheet xmlns="${MAIN}" xmlns:r="${OFFICE}"><dimension ref="A1:E4"/><sheetData>${rows}</sheetData></worksheet>`

/** Names, and rows with texts, days, numbers, truths, an error and a gap. */
export const sheetXml = sheetOf(
  '<row r="1" spans="1:5"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="inlineStr"><is><t>ok</t></is></c><c r="E1" t="s"><v>5</v></c></row>' +
    '<row r="2"><c r="A2" t="s"><v>3</v></c><c r="B2" s="1"><v>43831</v></c><c r="C2"><v>12.5</v></c><c r="D2" t="b"><v>1</v></c><c r="E2" s="2"><v>43831.315972222219</v></c></row>' +
    '<row r="4"><c r="A4" t="s"><v>4</v></c><c r="B4" s="1"><v>43832</v></c><c r="C4" t="e"><v>#DIV/0!</v></c><c r="E4" s="2"><v>43832</v></c></row>',
)

const OTHER = sheetOf(
  '<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row><row r="2"><c r="A2"><v>7</v></c></row><row r="3"><c r="A3"><v>8</v></c></row>',
)

/** A workbook whose first sheet this is. */
export const workbook = (sheet: string | Uint8Array, level: 0 | 6 = 6, styles: string = STYLES): Uint8Array =>
  zipSync(
    {
      '[Content_Types].xml': strToU8(CONTENT_TYPES),
      '_rels/.rels': strToU8(ROOT),
      'xl/workbook.xml': strToU8(BOOK),
      'xl/_rels/workbook.xml.rels': strToU8(BOOK_RELATIONS),
      'xl/worksheets/sheet1.xml': typeof sheet === 'string' ? strToU8(sheet) : sheet,
      'xl/worksheets/sheet2.xml': strToU8(OTHER),
      'xl/styles.xml': strToU8(styles),
      'xl/sharedStrings.xml': strToU8(STRINGS),
    },
    { level },
  )
