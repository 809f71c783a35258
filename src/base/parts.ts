/** Parts that users bring: whatever the house has in an index, somebody else can have, too. */
import { fail } from './errors.ts'
import { isPartial } from './late.ts'

/** What a part can be, in the words of errors and recipes. */
export const partKinds = [
  'term',
  'schedule',
  'preset',
  'likelihood',
  'architecture',
  'latent',
  'prior',
  'sampler',
  'optimizer',
  'metric',
  'detector',
  'projection',
  'column-kind',
] as const
/** @inline */
export type PartKind = (typeof partKinds)[number]

/** Of every copy of this package: a part may have been defined with another one than trains with it. */
export const KIND: unique symbol = Symbol.for('betavae.part.kind')
const ORIGIN: unique symbol = Symbol.for('betavae.part.origin')

/** The module that a part came from, and the SHA-256 of it with what it imports from files beside it. @inline */
export interface PartOrigin {
  readonly module: string
  readonly digest: string
}

/** Something with a name that recipes and options can refer to; made by `defineTerm`, `defineLikelihood`, …. */
export interface Part<Kind extends PartKind = PartKind> {
  readonly name: string
  readonly [KIND]: Kind
  readonly [ORIGIN]?: PartOrigin
}

/** A name and options as the type of a part has them, from which the types of recipes follow. @inline */
export interface Called<Name extends string, Options> {
  readonly name: Name
  readonly options: Options
}

/** What a recipe says of a part that it was made with: enough to find it again, or to say that it is missing. @inline */
export interface PartRecord extends Partial<PartOrigin> {
  readonly kind: PartKind
  readonly name: string
}

/** One of the house's names, which editors offer, or that of a part that somebody brought. @inline */
export type NameAmong<House extends { readonly name: string }> = House['name'] | (string & {})

/** Marks a thing as a part of a kind. */
export const part = <Kind extends PartKind, Thing extends { readonly name: string }>(
  kind: Kind,
  thing: Thing,
): Thing & Part<Kind> => ({ ...thing, [KIND]: kind })

/** Whether something is a part, whichever copy of this package made it. */
export const isPart = (value: unknown): value is Part =>
  typeof value === 'object' && value !== null && partKinds.some((kind) => kind === (value as Part)[KIND])

/** The same part, knowing the module that it came from. */
export const partFrom = (origin: PartOrigin, own: Part): Part => ({ ...own, [ORIGIN]: origin })

/** What a recipe is to say of a part. */
export const recordOf = ({ [KIND]: kind, name, [ORIGIN]: origin }: Part): PartRecord => ({
  kind,
  name,
  ...origin,
})

/** Parts at hand, and those that a recipe was made with, at hand or not. @inline */
export interface Brought {
  readonly parts: readonly Part[]
  readonly recorded: readonly PartRecord[]
}

/** Where a specification keeps what its names may lead to besides the house's own parts; JSON does not have it. */
export const BROUGHT: unique symbol = Symbol('what was brought')

/** Something that may carry parts. @inline */
export interface Bearer {
  readonly [BROUGHT]?: Brought
}

/** What a bearer carries, to be put on another. */
export const carried = ({ [BROUGHT]: brought }: Bearer): Bearer => (brought ? { [BROUGHT]: brought } : {})

/** What a bearer knows of parts that may be missing, without those that are here. */
export const recordsOf = ({ [BROUGHT]: brought }: Bearer): Bearer =>
  brought ? { [BROUGHT]: { parts: [], recorded: brought.recorded } } : {}

/** Puts parts where names look for them. Errors, all usage: `parts/not-a-part`, `parts/twice`. */
export function broughtBy(parts: readonly Part[], recorded: readonly PartRecord[] = []): Bearer {
  if (parts.length === 0 && recorded.length === 0) return {}
  const stranger = parts.findIndex((own) => !isPart(own))
  if (stranger >= 0)
    fail({
      code: 'parts/not-a-part',
      seen: `parts[${stranger}], which no define… function made`,
      wanted: 'parts made by defineTerm, defineLikelihood, …',
      fix: 'pass what the define… function gives',
      usage: true,
    })
  const again = parts.find((own, i) => parts.slice(0, i).some(sameAs(recordOf(own))))
  if (again)
    fail({
      code: 'parts/twice',
      seen: `two parts that are the ${wordsOf(again[KIND])} "${again.name}"`,
      wanted: 'one part of a kind and name',
      fix: 'leave one out, or give it another name',
      usage: true,
    })
  return { [BROUGHT]: { parts, recorded } }
}

/** What a kind is called in a sentence. */
const wordsOf = (kind: PartKind): string => kind.replace('-', ' ')

const sameAs =
  ({ kind, name }: PartRecord) =>
  (own: Part): boolean =>
    own[KIND] === kind && own.name === name

/**
 * The house's things of a kind, and behind them those that were brought. Error, usage: `parts/taken` where a brought
 * one has the name of one of the house's.
 */
export function registered<Thing extends { readonly name: string }>(
  kind: PartKind,
  ours: readonly Thing[],
  { [BROUGHT]: brought }: Bearer,
): readonly Thing[] {
  const theirs = brought?.parts.filter((own) => own[KIND] === kind) ?? []
  const taken = theirs.find(({ name }) => ours.some((own) => own.name === name))
  if (taken)
    fail({
      code: 'parts/taken',
      seen: `a part that is the ${wordsOf(kind)} "${taken.name}", as one of the house's is`,
      wanted: 'a name of its own, so that a recipe means one thing',
      fix: 'give it another name',
      usage: true,
    })
  // Its kind says what it is: only that kind's define… function puts it there.
  return theirs.length === 0
    ? ours
    : [...ours, ...(theirs as readonly Part[] as readonly unknown[] as Thing[])]
}

/**
 * Finds a thing by its name. Errors, all usage: `unknown` where nothing has it, `parts/missing`, `parts/taken`,
 * `parts/not-loaded`.
 */
export function find<Thing extends { readonly name: string }>(
  kind: PartKind,
  ours: readonly Thing[],
  name: string,
  bearer: Bearer,
  unknown: { readonly code: string } & Partial<Record<'seen' | 'wanted' | 'fix', string>> = {
    code: `choice/unknown-${kind}`,
  },
): Thing {
  const all = registered(kind, ours, bearer)
  const found = all.find((thing) => thing.name === name)
  if (found) return found
  refuseMissing(kind, name, bearer)
  if (isPartial(ours)) refuseUnloaded(kind, name)
  return fail({
    seen: `${wordsOf(kind)} "${name}"`,
    wanted: all.map((thing) => thing.name).join(', '),
    fix: 'name one of those',
    ...unknown,
    usage: true,
  })
}

/** Whoever trains or opens a model loads what it names; what was only copied from elsewhere may name something else. */
const refuseUnloaded = (kind: PartKind, name: string): never =>
  fail({
    code: 'parts/not-loaded',
    seen: `the ${wordsOf(kind)} "${name}", of a model that was neither trained nor opened here`,
    wanted: 'one that was: what few models have is loaded then',
    fix: 'open it first: await open(trained)',
    usage: true,
  })

/** A part that a recipe was made with and that nobody has at hand is no misspelling. */
function refuseMissing(kind: PartKind, name: string, { [BROUGHT]: brought }: Bearer): void {
  const record = brought?.recorded.find((own) => own.kind === kind && own.name === name)
  if (!record) return
  fail({
    code: 'parts/missing',
    seen: `the ${wordsOf(kind)} "${name}", a part that is not here`,
    wanted: record.module ? `what "${record.module}" exports` : 'the part that the training was given',
    fix: record.module ? `give its module: --with ${record.module}` : 'pass it: { parts: [ … ] }',
    usage: true,
  })
}
