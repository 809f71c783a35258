import type { WarningEvent } from '../../train/events.ts'
import { lastStepOf, NOT_FINITE } from '../journal.ts'
import { calmer } from './divergence.ts'
import { type Finding, findingOf, type Severity } from './finding.ts'
import { activeOf, countOf, type History, historyOf, judged, type Recorded } from './history.ts'
import { allChecks } from './index.ts'
import { figure } from './words.ts'

/** What a run's record says about it. */
export interface Diagnosis {
  /** Whether nothing worse than a note was found. */
  readonly healthy: boolean
  /** Whether too little was trained to tell. */
  readonly early: boolean
  /** The sum of it in a sentence, with numbers. */
  readonly said: string
  /** Worst first. */
  readonly findings: readonly Finding[]
}

/** Before this many epochs and this share of the steps, numbers say little about the end. */
const FEWEST_EPOCHS = 3
const FEWEST_SHARE = 0.25

const ranks: readonly Severity[] = ['problem', 'warning', 'note']

/**
 * Says what is wrong with a run, from what it recorded. The same record gives the same words.
 *
 * @example
 * ```ts
 * import { diagnose, openRun, trainRun } from 'betavae/runs'
 *
 * await trainRun({ data: { source: 'digits' }, training: { epochs: 3 } }, { out: 'runs/ill' })
 * const { recipe, events } = await openRun('runs/ill')
 * console.log(diagnose({ recipe, events: await events() }).said)
 * ```
 */
export function diagnose(recorded: Recorded): Diagnosis {
  const stopped = notFinite(recorded)
  const history = historyOf(recorded)
  if (!history || isEarly(history))
    return {
      healthy: stopped === undefined,
      early: stopped === undefined,
      said: stopped ? summary([stopped]) : `too early to tell: ${progress(history)}`,
      findings: stopped ? [stopped] : [],
    }
  const checked = allChecks.map((check) => check(history)).filter((one) => one !== undefined)
  const found = [...(stopped ? [stopped] : []), ...checked.map(findingOf)]
  const findings = found.sort((a, b) => ranks.indexOf(a.severity) - ranks.indexOf(b.severity))
  const bad = findings.filter(({ severity }) => severity !== 'note')
  return {
    healthy: bad.length === 0,
    early: false,
    said: bad.length === 0 ? `healthy: ${numbers(history)}` : `${summary(bad)}: ${numbers(history)}`,
    findings,
  }
}

const isEarly = ({ epochs, share }: History): boolean => share < FEWEST_SHARE || epochs.length < FEWEST_EPOCHS

const progress = (history: History | undefined): string =>
  history
    ? `${history.epochs.at(-1)?.epoch} ${history.epochs.at(-1)?.epoch === 1 ? 'epoch' : 'epochs'}, ${figure(100 * Math.min(1, history.share))} % of the steps`
    : 'no epoch has ended'

const summary = (findings: readonly Finding[]): string =>
  `${findings.length === 1 ? 'one thing' : `${findings.length} things`} to mend`

function numbers(history: History): string {
  const { told, latent, epochs } = history
  const { reconstruction, kl, elbo } = judged(told)
  const active = activeOf(history, told)
  const [first] = epochs
  return [
    `${told.validation ? 'validation' : 'training'} after epoch ${told.epoch}`,
    ...(elbo === null || kl === null
      ? [
          `reconstruction ${figure(reconstruction)} nats, ${figure(judged(first).reconstruction)} after epoch ${first.epoch}`,
        ]
      : [
          `ELBO ${figure(elbo)} nats, ${figure(judged(first).elbo as number)} after epoch ${first.epoch}`,
          `reconstruction ${figure(reconstruction)}`,
          `KL ${figure(kl)}`,
        ]),
    ...(active ? [`${countOf(active)} of ${latent} units active`] : []),
  ].join(', ')
}

/** A training that was stopped by such an error, and not gone on with since. */
function notFinite({ recipe, events }: Recorded): Finding | undefined {
  const last = events.at(-1)
  if (last?.kind !== 'warning' || last.code !== NOT_FINITE) return undefined
  return findingOf({
    code: 'diagnosis/divergence',
    severity: 'problem',
    gist: 'training ran away and was stopped',
    said: `training ran away and was stopped: ${last.message}`,
    ways: calmer(recipe),
  })
}

/** What is to be said while training goes on, each thing once: findings worse than notes that the log has not yet. */
export function freshWarnings(recorded: Recorded): WarningEvent[] {
  const { events } = recorded
  const step = lastStepOf(events)
  const said = new Set(events.flatMap((event) => (event.kind === 'warning' ? [event.code] : [])))
  return diagnose(recorded)
    .findings.filter(({ code, severity }) => severity !== 'note' && !said.has(code))
    .map(({ code, said, remedy }) => ({
      kind: 'warning',
      code,
      message: `${said}. To mend it: ${remedy}`,
      step,
    }))
}
