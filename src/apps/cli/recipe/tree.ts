/** Places in a JSON document, by path. */
type Node = Record<string, unknown>

export const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null

export const valueAt = (tree: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((node, key) => (isNode(node) ? node[key] : undefined), tree)

/** Sets a value, making the objects on the way. */
export function setAt(tree: object, path: readonly string[], value: unknown): void {
  let node = tree as Node
  for (const key of path.slice(0, -1)) {
    if (!isNode(node[key])) node[key] = {}
    node = node[key] as Node
  }
  node[path[path.length - 1]] = value
}

export function removeAt(tree: object, path: readonly string[]): void {
  const parent = valueAt(tree, path.slice(0, -1))
  if (isNode(parent)) delete parent[path[path.length - 1]]
}
