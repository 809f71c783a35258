import { relative } from 'node:path'
import ts from 'typescript'
import { HOLE, propertyOf, root, sourceFile, sourcePaths, textsOf } from './texts.ts'

/** What a place in the source says of how to mend what went wrong. */
export interface Fix {
  /** Path in the repository and line. */
  readonly place: string
  /** Codes of the errors that say so, where the place tells. */
  readonly codes: readonly string[]
  /** Every way that it may read. */
  readonly texts: readonly string[]
}

/** Every fix that the source can say. */
export function fixesInSource(): readonly Fix[] {
  const found: Fix[] = []
  for (const path of sourcePaths()) {
    const file = sourceFile(path)
    if (!file) continue
    const visit = (node: ts.Node): void => {
      if (ts.isObjectLiteralExpression(node)) found.push(...fixOf(node))
      ts.forEachChild(node, visit)
    }
    visit(file)
  }
  return found
}

function fixOf(literal: ts.ObjectLiteralExpression): Fix[] {
  const fix = propertyOf(literal, 'fix')
  if (!fix) return []
  const code = propertyOf(literal, 'code')
  const file = literal.getSourceFile()
  const line = file.getLineAndCharacterOfPosition(fix.getStart()).line + 1
  return [
    {
      place: `${relative(root, file.fileName)}:${line}`,
      codes: code ? textsOf(code).filter((text) => text !== HOLE) : [],
      texts: textsOf(fix),
    },
  ]
}
