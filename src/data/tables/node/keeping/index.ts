import type { WholeColumn } from '../../cell.ts'
import type { Keeping } from '../../readers/keeping.ts'
import { storedJson } from '../../stored-json.ts'
import { keepArrow } from './arrow.ts'
import { keepParquet } from './parquet.ts'

/** Keeps all that is needed to write rows as they came. */
export const keeping: Keeping = {
  csv: (names, separator, isNamed) => ({
    columns: names.map((name, column) => ({ name, parts: [{ column, path: [] }] })),
    text: { separator, isNamed },
  }),
  json(keys, unread, objects) {
    let column = 0
    const columns = [...keys].map((name): WholeColumn => {
      if (!unread.includes(name)) return { name, parts: [{ column: column++, path: [] }] }
      return {
        name,
        type: { kind: 'json' },
        parts: [],
        values: objects.map(({ fields }) => fields[name] ?? null),
      }
    })
    const textOf = (text: string | undefined, whole: unknown) => text ?? storedJson(whole)
    return {
      columns,
      // A JSON text has no line ends inside of its texts.
      records: objects.map(({ text, whole }) =>
        textOf(text, whole)
          .trim()
          .replace(/\s*[\r\n]+\s*/g, ' '),
      ),
    }
  },
  parquet: keepParquet,
  arrow: keepArrow,
}
