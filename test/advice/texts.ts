import { readdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import ts from 'typescript'

/** Stands in a text for what only running tells. */
export const HOLE = '⟨…⟩'

/** More alternatives than this of one expression are not told apart. */
const MOST = 64

const parsed = new Map<string, ts.SourceFile | undefined>()

export const root = join(import.meta.dirname, '..', '..')

/** Every file of the source but those of tests and those that are packed. */
export const sourcePaths = once(() =>
  readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !/\.(test|testing|packed)\.ts$/.test(path))
    .map((path) => join(root, 'src', path)),
)

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

export function sourceFile(path: string): ts.SourceFile | undefined {
  if (!parsed.has(path)) {
    const text = ts.sys.readFile(path)
    parsed.set(
      path,
      text === undefined ? undefined : ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true),
    )
  }
  return parsed.get(path)
}

/** What stands for parameters while a function that was called is read. */
type Given = ReadonlyMap<string, readonly string[]>

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)].slice(0, MOST)

const product = (parts: readonly (readonly string[])[]): readonly string[] =>
  parts.reduce<readonly string[]>(
    (before, part) => unique(before.flatMap((head) => part.map((tail) => head + tail))),
    [''],
  )

/** What is being read, so that a function that calls itself ends. */
const open = new Set<ts.Node>()

/** Every text that an expression can come to, as far as the source tells; `HOLE` for the rest. */
export function textsOf(node: ts.Expression, given: Given = new Map()): readonly string[] {
  if (open.has(node)) return [HOLE]
  open.add(node)
  const texts = read(node, given)
  open.delete(node)
  return texts
}

function read(node: ts.Expression, given: Given): readonly string[] {
  const of = (inner: ts.Expression) => textsOf(inner, given)
  if (ts.isStringLiteralLike(node)) return [node.text]
  if (ts.isTemplateExpression(node))
    return product([
      [node.head.text],
      ...node.templateSpans.flatMap(({ expression, literal }) => [of(expression), [literal.text]]),
    ])
  if (ts.isConditionalExpression(node)) return unique([...of(node.whenTrue), ...of(node.whenFalse)])
  if (ts.isBinaryExpression(node)) return binary(node, of)
  if (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isAwaitExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isSatisfiesExpression(node)
  )
    return of(node.expression)
  if (ts.isElementAccessExpression(node)) return valuesOf(node.expression)
  if (ts.isCallExpression(node)) return called(node, given)
  if (ts.isIdentifier(node)) return given.get(node.text) ?? named(node)
  return [HOLE]
}

function binary(
  { left, right, operatorToken: { kind } }: ts.BinaryExpression,
  of: (inner: ts.Expression) => readonly string[],
): readonly string[] {
  if (kind === ts.SyntaxKind.PlusToken) return product([of(left), of(right)])
  if (kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken)
    return unique([...of(left), ...of(right)])
  return [HOLE]
}

/** Every value of a table that is looked into by a name. */
function valuesOf(node: ts.Expression): readonly string[] {
  const table = ts.isIdentifier(node) ? declared(node) : undefined
  const value = table && ts.isVariableDeclaration(table) ? table.initializer : undefined
  if (!value || !ts.isObjectLiteralExpression(value)) return [HOLE]
  return value.properties.flatMap((property) =>
    ts.isPropertyAssignment(property) ? textsOf(property.initializer) : [HOLE],
  )
}

function called({ expression, arguments: words }: ts.CallExpression, given: Given): readonly string[] {
  if (!ts.isIdentifier(expression)) return [HOLE]
  const texts = words.map((word) => (ts.isSpreadElement(word) ? [HOLE] : textsOf(word, given)))
  if (expression.text === 'commandLine')
    return product([['betavae'], ...texts.flatMap((text) => [[' '], text])])
  const found = declared(expression)
  const body = found && functionOf(found)
  if (!body) return [HOLE]
  const parameters = body.parameters.map(({ name }, at): [string, readonly string[]] => [
    name.getText(),
    texts[at] ?? [HOLE],
  ])
  return unique(returned(body).flatMap((result) => textsOf(result, new Map(parameters))))
}

type Body = ts.FunctionDeclaration | ts.ArrowFunction

function functionOf(node: ts.Node): Body | undefined {
  if (ts.isFunctionDeclaration(node)) return node
  const value = ts.isVariableDeclaration(node) ? node.initializer : undefined
  return value && ts.isArrowFunction(value) ? value : undefined
}

/** What a function gives, without those within it. */
function returned({ body }: Body): ts.Expression[] {
  if (!body) return []
  if (!ts.isBlock(body)) return [body]
  const found: ts.Expression[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isReturnStatement(node) && node.expression) found.push(node.expression)
    if (!ts.isFunctionLike(node)) ts.forEachChild(node, visit)
  }
  visit(body)
  return found
}

/** What a name stands for: a constant, or what is given for a parameter wherever its function is called. */
function named(node: ts.Identifier): readonly string[] {
  const found = declared(node)
  if (found && ts.isVariableDeclaration(found) && found.initializer) return textsOf(found.initializer)
  if (!found || !ts.isParameter(found)) return [HOLE]
  const calls = callsOf(found.parent)
  const at = found.parent.parameters.indexOf(found)
  const taken = (words: readonly ts.Expression[]): ts.Expression | undefined =>
    ts.isObjectBindingPattern(found.name) ? propertyOf(words[at], node.text) : words[at]
  const texts = calls.flatMap((words) => {
    const word = taken(words)
    return word ? textsOf(word) : [HOLE]
  })
  return texts.length === 0 ? [HOLE] : unique(texts)
}

/** The value that an object which is written out has under a name. */
export function propertyOf(literal: ts.Node | undefined, name: string): ts.Expression | undefined {
  if (!literal || !ts.isObjectLiteralExpression(literal)) return undefined
  const property = literal.properties.find((one) => one.name?.getText() === name)
  if (property && ts.isPropertyAssignment(property)) return property.initializer
  return property && ts.isShorthandPropertyAssignment(property) ? property.name : undefined
}

/** What a function is called with, in its file and in those that import it. */
function callsOf(body: ts.SignatureDeclaration): (readonly ts.Expression[])[] {
  const declaration = ts.isArrowFunction(body) ? body.parent : body
  if (!ts.isVariableDeclaration(declaration) && !ts.isFunctionDeclaration(declaration)) return []
  const name = declaration.name?.getText() ?? ''
  const own = body.getSourceFile()
  const others = sourcePaths().flatMap((path) => {
    const file = path === own.fileName ? undefined : sourceFile(path)
    return file?.text.includes(`${name}(`) && declaredIn(file, name) === declaration ? [file] : []
  })
  return [own, ...others].flatMap((file) => callsIn(file, name))
}

function callsIn(file: ts.SourceFile, name: string): (readonly ts.Expression[])[] {
  const found: (readonly ts.Expression[])[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === name)
      found.push(node.arguments)
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

/** Where a name comes from, in the blocks around it, its file, or the file that it is imported from. */
function declared(node: ts.Identifier): ts.Node | undefined {
  for (let scope: ts.Node = node.parent; scope; scope = scope.parent) {
    if (ts.isFunctionLike(scope)) {
      const parameter = scope.parameters.find(({ name }) =>
        ts.isObjectBindingPattern(name)
          ? name.elements.some((element) => element.name.getText() === node.text)
          : name.getText() === node.text,
      )
      if (parameter) return parameter
    }
    const inside = ts.isBlock(scope) || ts.isSourceFile(scope) ? declaredIn(scope, node.text) : undefined
    if (inside) return inside
  }
  return undefined
}

function declaredIn(scope: ts.Block | ts.SourceFile, name: string): ts.Node | undefined {
  for (const statement of scope.statements) {
    if (ts.isFunctionDeclaration(statement) && statement.name?.text === name) return statement
    if (ts.isVariableStatement(statement)) {
      const found = statement.declarationList.declarations.find((one) => one.name.getText() === name)
      if (found) return found
    }
    const named =
      ts.isImportDeclaration(statement) && statement.importClause?.namedBindings
        ? statement.importClause.namedBindings
        : ts.isExportDeclaration(statement) && statement.exportClause
    const found = named && elsewhere(named, (statement as ts.ImportDeclaration).moduleSpecifier, name)
    if (found) return found
  }
  return undefined
}

/** What a name that a file takes from another, or hands on, is there. */
function elsewhere(
  names: ts.NamedImportBindings | ts.NamedExportBindings,
  from: ts.Expression | undefined,
  name: string,
): ts.Node | undefined {
  if (!ts.isNamedImports(names) && !ts.isNamedExports(names)) return undefined
  const elements: readonly ts.ImportOrExportSpecifier[] = [...names.elements]
  const one = elements.find((element) => element.name.text === name)
  if (!one || !from || !ts.isStringLiteral(from) || !from.text.startsWith('.')) return undefined
  const file = sourceFile(resolve(dirname(from.getSourceFile().fileName), from.text))
  return file && declaredIn(file, (one.propertyName ?? one.name).text)
}
