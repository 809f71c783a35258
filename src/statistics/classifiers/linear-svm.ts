/** Numbers in ascending order, and which row each is from. */
export interface SortedColumn {
  readonly values: Float64Array
  readonly rows: Uint32Array
}

/** One line a class: the class of a number x is that of the greatest `slope·x + intercept`. */
export interface LinearSvm {
  readonly slopes: Float64Array
  readonly intercepts: Float64Array
}

export function sortedColumn(column: Float64Array): SortedColumn {
  const rows = Uint32Array.from(column.keys()).sort((a, b) => column[a] - column[b])
  return { values: Float64Array.from(rows, (row) => column[row]), rows }
}

/**
 * A linear support vector machine on one number, as scikit-learn's `LinearSVC(C, class_weight='balanced')`.
 *
 * One class against the rest: ½(w² + b²) + Σ cᵢ·max(0, 1 − yᵢ(w·xᵢ + b))², solved to its optimum. With C in cᵢ a class
 * weighs n/(classes·own) and the rest 1, as LIBLINEAR has it; of two classes each has its own weight, and one machine
 * serves both. A class without rows is never predicted.
 */
export function fitLinearSvm(
  column: SortedColumn,
  labels: Int32Array,
  classes: number,
  cost = 0.01,
): LinearSvm {
  const all = momentsOf(column.values)
  const groups = groupsOf(column, labels, classes)
  const present = Array.from(groups.keys()).filter((label) => groups[label].values.length > 0)
  const weightOf = (label: number) => (cost * labels.length) / (present.length * groups[label].values.length)
  const slopes = new Float64Array(classes)
  const intercepts = new Float64Array(classes).fill(Number.NEGATIVE_INFINITY)
  const set = (label: number, { slope, intercept }: Line) => {
    slopes[label] = slope
    intercepts[label] = intercept
  }
  if (present.length === 1) set(present[0], { slope: 0, intercept: 0 })
  else if (present.length === 2) {
    const [first, second] = present
    const line = separate(all, groups[second], weightOf(second), weightOf(first))
    set(second, line)
    set(first, { slope: -line.slope, intercept: -line.intercept })
  } else for (const label of present) set(label, separate(all, groups[label], weightOf(label), cost))
  return { slopes, intercepts }
}

/** The class of a number; the first of equals. */
export function svmClass({ slopes, intercepts }: LinearSvm, x: number): number {
  let best = 0
  let most = Number.NEGATIVE_INFINITY
  for (let label = 0; label < slopes.length; label++) {
    const height = slopes[label] * x + intercepts[label]
    if (height > most) [best, most] = [label, height]
  }
  return best
}

interface Line {
  readonly slope: number
  readonly intercept: number
}

/** Ascending numbers with the sums of them and of their squares up to each, so that any interval is summed at once. */
interface Moments {
  readonly values: Float64Array
  /** One longer than `values`: sums of the numbers before each. */
  readonly first: Float64Array
  readonly second: Float64Array
}

function momentsOf(values: Float64Array): Moments {
  const first = new Float64Array(values.length + 1)
  const second = new Float64Array(values.length + 1)
  values.forEach((value, i) => {
    first[i + 1] = first[i] + value
    second[i + 1] = second[i] + value * value
  })
  return { values, first, second }
}

function groupsOf({ values, rows }: SortedColumn, labels: Int32Array, classes: number): Moments[] {
  const groups = Array.from({ length: classes }, (): number[] => [])
  rows.forEach((row, i) => {
    groups[labels[row]].push(values[i])
  })
  return groups.map((group) => momentsOf(Float64Array.from(group)))
}

/** Count, sum and sum of squares. */
type Sums = readonly [count: number, first: number, second: number]

/** Sums over the numbers with slope·x + intercept > 0, which lie on one side of the line's root. */
function sumsAbove({ values, first, second }: Moments, slope: number, intercept: number): Sums {
  const all = values.length
  if (slope === 0) return intercept > 0 ? [all, first[all], second[all]] : [0, 0, 0]
  const root = -intercept / slope
  let [low, high] = [0, all]
  while (low < high) {
    const middle = (low + high) >> 1
    if (slope > 0 ? values[middle] <= root : values[middle] < root) low = middle + 1
    else high = middle
  }
  return slope > 0
    ? [all - low, first[all] - first[low], second[all] - second[low]]
    : [low, first[low], second[low]]
}

/** Value, gradient and Hessian of the loss at a line. */
interface Quadratic {
  readonly value: number
  readonly gradient: readonly [slope: number, intercept: number]
  readonly hessian: readonly [slopes: number, mixed: number, intercepts: number]
}

/** The loss around a line: a sum of squares over the rows inside the margin, which are all that matter. */
function lossAt(all: Moments, own: Moments, { slope, intercept }: Line, up: number, down: number): Quadratic {
  const [n, s, q] = sumsAbove(own, -slope, 1 - intercept)
  const inside = sumsAbove(all, slope, 1 + intercept)
  const among = sumsAbove(own, slope, 1 + intercept)
  const [m, t, r] = [inside[0] - among[0], inside[1] - among[1], inside[2] - among[2]]
  const [below, above] = [1 - intercept, 1 + intercept]
  const ownLoss = n * below * below - 2 * below * slope * s + slope * slope * q
  const restLoss = m * above * above + 2 * above * slope * t + slope * slope * r
  return {
    value: (slope * slope + intercept * intercept) / 2 + up * ownLoss + down * restLoss,
    gradient: [
      slope - 2 * up * (below * s - slope * q) + 2 * down * (above * t + slope * r),
      intercept - 2 * up * (below * n - slope * s) + 2 * down * (above * m + slope * t),
    ],
    hessian: [1 + 2 * (up * q + down * r), 2 * (up * s + down * t), 1 + 2 * (up * n + down * m)],
  }
}

const MOST_STEPS = 100

/** The line that puts `own` above 1 and the rest below −1 at the least loss: Newton's method in two unknowns. */
function separate(all: Moments, own: Moments, up: number, down: number): Line {
  let line: Line = { slope: 0, intercept: 0 }
  let here = lossAt(all, own, line, up, down)
  for (let step = 0; step < MOST_STEPS; step++) {
    const [dSlope, dIntercept] = newtonStep(here)
    let length = 1
    let moved = line
    let there = here
    do {
      moved = { slope: line.slope + length * dSlope, intercept: line.intercept + length * dIntercept }
      there = lossAt(all, own, moved, up, down)
      length /= 2
    } while (there.value >= here.value && length > 1e-12)
    // The loss is quadratic between finitely many borders, so that the steps end at the optimum itself.
    if (!(here.value - there.value > 1e-14 * here.value)) return line
    line = moved
    here = there
  }
  return line
}

function newtonStep({ gradient: [gs, gi], hessian: [ss, si, ii] }: Quadratic): readonly [number, number] {
  const determinant = ss * ii - si * si
  return [(si * gi - ii * gs) / determinant, (si * gs - ss * gi) / determinant]
}
