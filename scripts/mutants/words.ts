/** Words for people, which are not mutated. */

/** A node of Babel's tree, as far as it is looked at. */
interface Path {
  readonly node: { readonly type: string; readonly callee?: Named; readonly key?: Named }
  readonly parentPath?: Path
}
interface Named {
  readonly name?: string
  readonly property?: { readonly name?: string }
}

/** Properties that hold words for people: of errors, and of what documents parts. */
const WORDS = new Set(['seen', 'wanted', 'fix', 'title', 'summary', 'words', 'paper', 'citation'])
/** Functions that are told words for people. */
const TOLD = /^(fail|torn\w*|corrupt|tooLarge|refuse\w*|describe|(Range|Type)?Error)$/

/** What may stand between words and who is told them. */
const BETWEEN = new Set(['ConditionalExpression', 'LogicalExpression', 'BinaryExpression', 'TSAsExpression'])

const isText = ({ node }: Path): boolean => node.type === 'StringLiteral' || node.type === 'TemplateLiteral'

const isWords = ({ node: { type, key, callee } }: Path): boolean => {
  if (type === 'ObjectProperty') return WORDS.has(key?.name ?? '')
  return /^(Call|New)Expression$/.test(type) && TOLD.test(callee?.property?.name ?? callee?.name ?? '')
}

/** Tests hold an error to its code and to numbers and names in it, not to its wording: that is left out. */
export function wordsFor(path: Path): string | undefined {
  if (!isText(path)) return undefined
  let above = path.parentPath
  while (above && BETWEEN.has(above.node.type)) above = above.parentPath
  return above && isWords(above) ? 'words for people' : undefined
}
