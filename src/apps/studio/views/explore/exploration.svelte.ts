import type { Cell, Unit } from '../../../../inside.ts'
import type {
  Anomalies,
  Encoding,
  FilledTable,
  Frame,
  GivenValues,
  LatentPlane,
  MadeRows,
  NamedBytes,
  Neighbor,
  OwnExample,
  Reconstructed,
  Shown,
  Subject,
  TraversalGrid,
} from '../../protocol.ts'
import { session } from '../../session/session.svelte.ts'
import { StudioError } from '../../session/studio-error.ts'
import { place } from '../../session/url.svelte.ts'
import { marking, onPlane } from './plane-codes.ts'

/** A walk from one example to another. */
export interface Walk {
  readonly from: number
  readonly to: number
  readonly shown: Shown
  /** The same under what the code is given; of models with a condition. */
  readonly held?: Shown
}

/** A column of a condition that has levels. */
export interface Leveled {
  readonly name: string
  readonly levels: readonly Cell[]
}

/** Images beside what comes back of them, with a word for each. */
export interface Pairs extends Reconstructed {
  readonly examples: readonly number[]
  readonly words: readonly string[]
}

/** The most unusual images, and what they are measured by. */
export interface Unusual extends Pairs {
  readonly nats: readonly number[]
  readonly usual: number
  readonly of: number
}

/** Examples with a word for each. */
export interface Listed {
  readonly examples: readonly number[]
  readonly words: readonly string[]
  readonly shown: Shown
}

const WALK_STEPS = 11
const NEIGHBORS = 12
const MOST_LISTED = 40
const ANOMALIES = 100
const USUAL_LAYOUT = 'pca'
/** Images that are shown beside what comes back of them. */
const PAIRS = 24
const POSITIONS = [-3, -2.25, -1.5, -0.75, 0, 0.75, 1.5, 2.25, 3]
const MOST_DIMENSIONS = 12

/** What Explore shows of one model. Every method tells what fails and leaves the rest as it was. */
export class Exploration {
  units = $state.raw<readonly Unit[]>([])
  frame = $state.raw<Frame>()
  plane = $state.raw<LatentPlane>()
  /** By which projection the map is laid out. */
  layout = $state('')
  /** The code that is shown. */
  code = $state.raw<Float32Array>(new Float32Array())
  decoded = $state.raw<Shown>()
  /** The example whose code it is, until the code is moved. */
  example = $state<number>()
  walk = $state.raw<Walk>()
  selection = $state.raw<Listed>()
  neighbors = $state.raw<Listed>()
  grid = $state.raw<TraversalGrid>()
  own = $state.raw<Encoding>()
  anomalies = $state.raw<Anomalies>()
  /** Some images, and those that are unlike the others. */
  pairs = $state.raw<Pairs>()
  unusual = $state.raw<Unusual>()
  isLoading = $state(false)

  /** What the code is decoded under, where the model has a condition. */
  given = $state.raw<GivenValues>({})
  /** What the example whose code it is was given itself. */
  ownGiven = $state.raw<GivenValues>({})
  /** The code under each level of a column. */
  across = $state.raw<Shown>()
  /** Samples of each level of a column. */
  drawn = $state.raw<Shown>()

  /** Where the code is on the map; undefined where the projection cannot say. */
  readonly marker = $derived(this.plane && marking(this.plane, this.code, this.example))

  /** The model that all of it is about. */
  subject: Subject | undefined
  #decoding = false
  #wanted: Float32Array | undefined
  /** An example that was gone to, of which nobody has asked yet what it is given. */
  #unasked: number | undefined
  /** What the code was given as that of an example; undefined where it is drawn, or the mean. */
  #own: GivenValues | undefined
  #comparedBy: Leveled | undefined
  #draws = 0

  /** Whether the model is given something beside codes. */
  get isConditional(): boolean {
    return this.subject?.recipe.model.condition !== undefined
  }

  /** What requests ask of a model with a condition. */
  get #condition(): { readonly condition?: GivenValues } {
    return this.isConditional ? { condition: this.given } : {}
  }

  /** The number that an example goes by: rows of a table count from 1, as they do for `betavae score`. */
  rowOf = (example: number): number => (this.subject?.kind === 'table' ? example + 1 : example)

  /** Begins with a model; nothing of the one before stays. */
  async open(subject: Subject): Promise<void> {
    this.subject = subject
    this.units = []
    this.plane = this.frame = this.decoded = this.walk = this.grid = this.own = undefined
    this.selection = this.neighbors = this.anomalies = this.example = undefined
    this.pairs = this.unusual = this.across = this.drawn = this.#unasked = undefined
    this.given = this.ownGiven = {}
    this.#own = undefined
    this.isLoading = true
    await this.#try(async () => {
      this.frame = await session.ask('frame', {})
      if (this.subject !== subject) return
      if (this.isConditional) this.given = await session.ask('given', {})
      this.#show(this.frame.base)
      if (subject.examples > 0) {
        this.units = await session.ask('units', null)
        if (this.subject !== subject) return
        // What people ask of a table first.
        if (subject.kind === 'table') await this.findAnomalies()
        if (subject.kind === 'images') await this.reconstructSome(subject)
        if (this.subject !== subject) return
        if (subject.latent > 1) await this.map()
        if (this.subject !== subject) return
        const example = Number(place.params.example ?? Number.NaN)
        if (example >= 0 && example < subject.examples) await this.goToExample(example)
      }
      if (subject.kind !== 'numbers') await this.traverse()
      if (subject.kind === 'images' && subject.examples > 0) await this.findUnusual(subject)
    })
    if (this.subject === subject) this.isLoading = false
  }

  /** Draws the map as the address says, so far as these data know its words. */
  map = (): Promise<void> =>
    this.#try(async () => {
      const { by, color } = place.params
      const count = Math.round(Number(place.params.points))
      const known = session.vocabulary?.projections.some(({ name }) => name === by)
      const layout = { ...(known ? { by } : {}), ...(count > 0 ? { count } : {}) }
      const plane = await session.ask('map', layout)
      const isOther = color !== undefined && color !== plane.coloring && plane.colorings.includes(color)
      this.plane = isOther ? await session.ask('map', { ...layout, color }) : plane
      this.layout = known ? (by as string) : USUAL_LAYOUT
    })

  /** Shows what a code decodes to; where another decoding is under way, the newest wish comes next. */
  goTo(code: ArrayLike<number>, example?: number, own?: GivenValues): void {
    const address = example === undefined ? undefined : String(example)
    if (place.params.example !== address) place.set({ example: address })
    this.#own = own
    this.#show(code, example)
  }

  #show(code: ArrayLike<number>, example?: number): void {
    this.code = Float32Array.from(code)
    this.example = example
    if (example !== undefined && this.isConditional) this.#unasked = example
    this.#decodeNext()
  }

  #decodeNext(): void {
    this.#wanted = this.code
    if (!this.#decoding) void this.#decodeWanted()
  }

  /** Decodes the same code under something else. */
  give(name: string, value: Cell | undefined): void {
    this.given = { ...this.given, [name]: value ?? null }
    this.#decodeNext()
  }

  /** Shows the code under each level of a column from now on. */
  compareBy(column: Leveled | undefined): void {
    this.#comparedBy = column
    this.across = undefined
    if (column && this.code.length > 0) this.#decodeNext()
  }

  /** Draws so many samples of each level of a column. */
  drawEach = ({ name, levels }: Leveled, draws: number): Promise<void> =>
    this.#try(async () => {
      const { subject } = this
      const each = levels.flatMap((level) => new Array<Cell>(draws).fill(level))
      const condition = { [name]: each }
      const drawn = await session.ask('sample', { count: each.length, seed: this.#draws++, condition })
      if (this.subject === subject) this.drawn = drawn
    })

  async #decodeWanted(): Promise<void> {
    this.#decoding = true
    while (this.#wanted) {
      const codes = this.#wanted.slice()
      this.#wanted = undefined
      await this.#try(async () => {
        const example = this.#unasked
        this.#unasked = undefined
        if (example !== undefined)
          this.given = this.ownGiven = this.#own = await session.ask('given', { example })
        const own = this.#own && { own: this.#own }
        const many = this.#underEach(codes, own)
        this.decoded = await session.ask('decode', { codes, count: 1, ...this.#condition, ...own })
        if (many) this.across = await session.ask('decode', many)
      })
    }
    this.#decoding = false
  }

  /** A code as often as a column has levels, each time under another one. */
  #underEach(code: Float32Array, own: { readonly own: GivenValues } | undefined) {
    const column = this.#comparedBy
    if (!column) return undefined
    const { name, levels } = column
    const codes = Float32Array.from(
      { length: levels.length * code.length },
      (_, at) => code[at % code.length],
    )
    return { codes, count: levels.length, condition: { ...this.given, [name]: levels }, ...own }
  }

  /** Moves one dimension, in steps of the frame. */
  move(dimension: number, position: number): void {
    const { frame } = this
    if (!frame) return
    const code = this.code.with(dimension, frame.center[dimension] + position * frame.step[dimension])
    this.goTo(code, undefined, this.#own)
  }

  positionOf(dimension: number): number {
    const { frame, code } = this
    if (!frame || !(frame.step[dimension] > 0)) return 0
    return (code[dimension] - frame.center[dimension]) / frame.step[dimension]
  }

  goToPlace(place: readonly [number, number]): void {
    if (this.plane?.back) this.goTo(onPlane(this.plane.back, place))
  }

  /** Takes a point of the map: its code, and what lies near it. */
  goToPoint(point: number): void {
    const { plane } = this
    if (!plane) return
    const latent = plane.codes.length / plane.examples.length
    this.goTo(plane.codes.subarray(point * latent, (point + 1) * latent), plane.examples[point])
    void this.findNeighbors()
  }

  goToExample = (example: number): Promise<void> =>
    this.#try(async () => {
      const { mean } = await session.ask('encode', { example })
      this.goTo(mean, example)
      await this.findNeighbors()
    })

  findNeighbors = (): Promise<void> =>
    this.#try(async () => {
      const found = await session.ask('neighbors', { code: this.code.slice(), count: NEIGHBORS })
      const word = ({ example, distance }: Neighbor) =>
        `row ${this.rowOf(example)}, ${distance.toFixed(2)} away`
      this.neighbors = await this.#list(
        found.map(({ example }) => example),
        found.map(word),
      )
    })

  select = (points: readonly number[]): Promise<void> =>
    this.#try(async () => {
      const { plane } = this
      if (!plane || points.length === 0) {
        this.selection = undefined
        return
      }
      const all = points.map((point) => plane.examples[point])
      const chosen = all.slice(0, MOST_LISTED)
      const listed = await this.#list(
        chosen,
        chosen.map((example) => `row ${this.rowOf(example)}`),
      )
      this.selection = { ...listed, examples: all }
    })

  walkBetween = (from: number, to: number): Promise<void> =>
    this.#try(async () => {
      const walk = { from, to, steps: WALK_STEPS }
      const shown = await session.ask('interpolate', walk)
      const held = this.isConditional && (await session.ask('interpolate', { ...walk, ...this.#condition }))
      this.walk = { from, to, shown, ...(held && { held }) }
    })

  traverse = (): Promise<void> =>
    this.#try(async () => {
      const { units, example } = this
      const active = units.filter(({ isActive }) => isActive)
      const dimensions = (active.length > 0 ? active : units)
        .slice(0, MOST_DIMENSIONS)
        .map(({ dimension }) => dimension)
      this.grid = await session.ask('traverse', {
        positions: POSITIONS,
        ...(dimensions.length > 0 ? { dimensions } : {}),
        ...(example === undefined ? {} : { example }),
        ...this.#condition,
      })
    })

  encode = (own: OwnExample): Promise<void> =>
    this.#try(async () => {
      this.own = await session.ask('encode', { ...own, ...this.#condition })
      this.goTo(this.own.mean, undefined, this.isConditional ? this.given : undefined)
      if (this.subject?.examples) await this.findNeighbors()
    })

  /** Examples from all over the data, the same ones whenever they are looked at. */
  async reconstructSome(subject: Subject): Promise<void> {
    const count = Math.min(PAIRS, subject.examples)
    const examples = Array.from({ length: count }, (_, i) =>
      Math.floor(((i + 0.5) * subject.examples) / count),
    )
    const words = examples.map((example) => `row ${this.rowOf(example)}`)
    const both = await session.ask('reconstruct', { examples })
    if (this.subject === subject) this.pairs = { ...both, examples, words }
  }

  async findUnusual(subject: Subject): Promise<void> {
    const { examples, nats, usual, of } = await session.ask('unusualImages', { count: PAIRS })
    const words = examples.map((example, i) => `row ${this.rowOf(example)}, ${nats[i].toPrecision(3)} nats`)
    const both = await session.ask('reconstruct', { examples })
    if (this.subject === subject) this.unusual = { ...both, examples, words, nats, usual, of }
  }

  findAnomalies = (): Promise<void> =>
    this.#try(async () => {
      const { subject } = this
      const found = await session.ask('anomalies', { count: ANOMALIES })
      if (this.subject === subject) this.anomalies = found
    })

  /** Files about a whole table: undefined where they cannot be made, which is told. */
  scores = (): Promise<NamedBytes | undefined> => this.#found(() => session.ask('scoreTable', {}))

  fill = (file?: File): Promise<FilledTable | undefined> =>
    this.#found(() => session.ask('fillTable', file ? { file } : {}))

  make = (count: number, seed: number, condition?: GivenValues): Promise<MadeRows | undefined> =>
    this.#found(() => session.ask('makeRows', { count, seed, ...(condition && { condition }) }))

  drawSample(): void {
    const { frame } = this
    if (!frame) return
    const normal = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random())
    this.goTo(frame.center.map((center, d) => center + normal() * frame.step[d]))
  }

  async #list(examples: readonly number[], words: readonly string[]): Promise<Listed> {
    return { examples, words, shown: await session.ask('examples', { examples }) }
  }

  #try = (work: () => Promise<void>): Promise<void> => this.#found(work)

  async #found<Found>(work: () => Promise<Found>): Promise<Found | undefined> {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof StudioError)) throw error
      session.tell(error.failure, 'problem')
      return undefined
    }
  }
}

/** What is being explored, kept while other views are looked at. */
export const exploration = new Exploration()
