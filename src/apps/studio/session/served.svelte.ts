import type { Diagnosis, LoggedEvent } from '../../../inside.ts'
import type { CommandName, Commands, ExampleSet, Failure, Subject } from '../protocol.ts'
import type { RunList, ServedRun, ServedSweep } from './answers.ts'
import { FollowedRun } from './followed-run.svelte.ts'
import { type StudioServer, studioServer } from './server.ts'
import { StudioError } from './studio-error.ts'

/** What this needs of the session. */
interface Room {
  ask<Name extends CommandName>(
    command: Name,
    given: Commands[Name]['given'],
  ): Promise<Commands[Name]['gives']>
  openRun(run: Commands['openRun']['given']): Promise<Subject | undefined>
  tell(failure: Failure, tone?: 'problem' | 'warning'): void
}

/** Runs on the disk of whoever serves this page. What fails is told, and gives undefined. */
export class Served {
  list = $state.raw<RunList>()
  sweeps = $state.raw<readonly ServedSweep[]>([])
  /** The run that Watch shows instead of this page's training. */
  followed = $state.raw<FollowedRun>()
  /** What the doctor says of the run that Explore shows. */
  diagnosed = $state.raw<{ readonly id: string; readonly diagnosis: Diagnosis }>()
  readonly #server: StudioServer | undefined = studioServer()
  readonly #session: Room
  #leave: (() => void) | undefined
  #wanted: string | undefined
  #isDiagnosing = false

  constructor(session: Room) {
    this.#session = session
  }

  /** Whether there is a server; a page on another web server has none. */
  get isThere(): boolean {
    return this.#server !== undefined
  }

  /** Reads which runs and sweeps there are. */
  async read(): Promise<void> {
    if (!this.#server) return
    const found = await this.#try((server) => Promise.all([server.runs(), server.sweeps()]))
    if (!found) return
    this.list = found[0]
    this.sweeps = found[1].sweeps
  }

  run(id: string): Promise<ServedRun | undefined> {
    return this.#try((server) => server.run(id))
  }

  /** Shows a run in Watch, live while it trains; the last call counts. */
  async follow(id: string): Promise<FollowedRun | undefined> {
    if (this.followed?.id === id || this.#wanted === id) return this.followed
    this.#wanted = id
    const found = await this.#try(async (server) => ({ server, run: await server.run(id) }))
    if (this.#wanted !== id) return undefined
    this.leave()
    if (!found) return undefined
    const followed = new FollowedRun(id, found.run.recipe, (events) => void this.#diagnose(followed, events))
    this.followed = followed
    this.#leave = found.server.follow(id, followed)
    return followed
  }

  /** Goes back to this page's own training. */
  leave(): void {
    this.#leave?.()
    this.#leave = this.#wanted = this.followed = undefined
  }

  /** Opens a run's model into Explore and Take away, with examples where its data are still to be had. */
  async explore(id: string): Promise<Subject | undefined> {
    const weights = await this.#try((server) => server.weights(id))
    if (!weights) return undefined
    const examples = await this.#try<ExampleSet>((server) => server.examples(id), 'warning')
    const opened = await this.#session.openRun({ name: id, weights, ...(examples ? { examples } : {}) })
    if (opened) void this.#judge(id)
    return opened
  }

  async #judge(id: string): Promise<void> {
    const found = await this.run(id)
    if (!found) return
    const { recipe, events } = found
    const diagnosis = await this.#session.ask('diagnose', { recipe, events }).catch(() => undefined)
    if (diagnosis) this.diagnosed = { id, diagnosis }
  }

  /** One diagnosis at a time; what came meanwhile is in the next one. */
  async #diagnose(run: FollowedRun, events: readonly LoggedEvent[]): Promise<void> {
    if (this.#isDiagnosing) return
    this.#isDiagnosing = true
    const { recipe } = run
    const said = this.#session.ask('diagnose', { recipe, events: [...events] }).catch(() => undefined)
    const count = events.length
    run.diagnosis = (await said) ?? run.diagnosis
    this.#isDiagnosing = false
    if (events.length > count) void this.#diagnose(run, events)
  }

  async #try<Result>(
    act: (server: StudioServer) => Promise<Result>,
    tone: 'problem' | 'warning' = 'problem',
  ): Promise<Result | undefined> {
    try {
      if (!this.#server) throw new StudioError(noServer)
      return await act(this.#server)
    } catch (error) {
      if (!(error instanceof StudioError)) throw error
      this.#session.tell(error.failure, tone)
      return undefined
    }
  }
}

const noServer: Failure = {
  code: 'studio/no-server',
  seen: 'a run on disk, asked of a page that has no betavae studio behind it',
  wanted: 'a page that is served by betavae studio',
  fix: 'run betavae studio in the folder that holds runs, or train here',
}
