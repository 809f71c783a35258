/** The rank of a code of a feature, from where its ranks stand. */
export interface OpenTree {
  /** A code at share `u` of the leaf that a row of codes comes to. */
  draw(codes: ArrayLike<number>, u: number): number
}

/** Reads what `growTree` grew for this many features. */
export function openTree(tree: Float32Array, features: number): OpenTree {
  const [first] = tree
  const ranksAt: number[] = []
  for (let feature = 0, at = 1; feature < features; feature++) {
    ranksAt.push(tree[at] > 0 ? at + 1 : 0)
    at += 1 + tree[at]
  }
  return {
    draw(codes, u) {
      let node = first
      while (tree[node] !== 0) {
        const feature = tree[node] - 1
        const code = codes[feature]
        const rank = code >= 0 && ranksAt[feature] > 0 ? tree[ranksAt[feature] + code] : code
        node = rank <= tree[node + 1] ? node + 3 : first + tree[node + 2]
      }
      let left = u * tree[node + 2]
      let at = node + 3
      for (let code = 1; code < tree[node + 1]; code++, at += 2) {
        left -= tree[at + 1]
        if (left < 0) break
      }
      return tree[at]
    },
  }
}
