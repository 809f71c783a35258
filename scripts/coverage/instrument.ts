/** Marks every statement of a TypeScript source that runs; lines stay where they are, and types, too. */
import ts from 'typescript'

/** Counted code of a file, and the line that each of its marks stands for, counted from 1. */
export interface Instrumented {
  readonly code: string
  readonly lines: readonly number[]
}

const isCounted = (node: ts.Node): boolean =>
  ts.isStatement(node) &&
  !ts.isBlock(node) &&
  !ts.isFunctionDeclaration(node) &&
  !ts.isInterfaceDeclaration(node) &&
  !ts.isTypeAliasDeclaration(node) &&
  !ts.isImportDeclaration(node) &&
  !ts.isExportDeclaration(node) &&
  !ts.isExportAssignment(node) &&
  !ts.isEmptyStatement(node) &&
  !(
    ts.canHaveModifiers(node) &&
    ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword)
  )

/** Whether statements stand one after another in it, so that a mark may stand between them. */
const isList = (node: ts.Node): boolean =>
  ts.isBlock(node) || ts.isSourceFile(node) || ts.isCaseOrDefaultClause(node) || ts.isModuleBlock(node)

/** `counter` is the expression of an array that has a place for each mark. */
export function instrument(text: string, path: string, counter: string): Instrumented {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const lines: number[] = []
  const inserted: { at: number; text: string }[] = []
  const mark = (node: ts.Node): string => {
    lines.push(source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1)
    return `$lines[${lines.length - 1}]=1`
  }
  const put = (at: number, words: string) => inserted.push({ at, text: words })
  const visit = (node: ts.Node): void => {
    if (isCounted(node) && !ts.isLabeledStatement(node.parent)) {
      const at = node.getStart(source)
      if (isList(node.parent)) put(at, `${mark(node)};`)
      else put(at, `{${mark(node)};`)
      ts.forEachChild(node, visit)
      if (!isList(node.parent)) put(node.end, '}')
      return
    }
    if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) {
      put(node.body.getStart(source), `(${mark(node.body)},`)
      ts.forEachChild(node, visit)
      put(node.body.end, ')')
      return
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  // Nobody's counter is made twice: a file may be loaded by several threads and several times by one.
  const head = `const $lines=${counter}(${JSON.stringify(path)},${lines.length});`
  const pieces = inserted
    .map((one, order) => ({ ...one, order }))
    .sort((a, b) => a.at - b.at || a.order - b.order)
  let code = ''
  let from = 0
  for (const { at, text: words } of pieces) {
    code += text.slice(from, at) + words
    from = at
  }
  return { code: head + code + text.slice(from), lines }
}
