import { fail } from '../../../../base/errors.ts'

/** The module of Node.js. Error (usage): `database/node-version`. */
export function openSqliteModule(): typeof import('node:sqlite') {
  const { emitWarning } = process
  // That the module may change is nothing that a reader of tables can do anything about.
  process.emitWarning = () => undefined
  try {
    const found = process.getBuiltinModule('node:sqlite') as typeof import('node:sqlite') | undefined
    if (found !== undefined && 'columns' in found.StatementSync.prototype) return found
  } finally {
    process.emitWarning = emitWarning
  }
  return fail({
    code: 'database/node-version',
    seen: `Node.js ${process.versions.node}, which does not read SQLite`,
    wanted: 'Node.js 22.16 or later for this kind of file',
    fix: 'use a newer Node.js, or export the table as CSV',
    usage: true,
  })
}
