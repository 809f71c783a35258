/** How often it is looked, in milliseconds: what was computed in the meantime in other turns counts as well. */
const LOOK_MS = 4

type CpuUsage = { readonly user: number; readonly system: number }

/** Processor time of this thread in milliseconds; undefined where Node.js is older than 23.9 and does not tell. */
function cpuMs(): number | undefined {
  const { threadCpuUsage } = process as { threadCpuUsage?: () => CpuUsage }
  const used = threadCpuUsage?.()
  return used && (used.user + used.system) / 1000
}

/**
 * How long the event loop is held: how much later a timer comes than it was set for, and no more than the processor time
 * that this thread took meanwhile, since on a machine whose cores are taken by others a timer is late as well.
 */
export class LoopWatch {
  #held = 0
  #last = performance.now()
  #cpu = cpuMs()
  readonly #clock: NodeJS.Timeout

  constructor() {
    this.#clock = setInterval(() => this.#look(), LOOK_MS).unref()
  }

  /** The longest since it was taken last, in seconds. */
  get held(): number {
    return this.#held / 1000
  }

  take(): number {
    const { held } = this
    this.#held = 0
    return held
  }

  /** Forgets what was before. */
  restart(): void {
    this.#held = 0
    this.#last = performance.now()
    this.#cpu = cpuMs()
  }

  end(): void {
    clearInterval(this.#clock)
  }

  #look(): void {
    const [now, cpu] = [performance.now(), cpuMs()]
    const late = now - this.#last - LOOK_MS
    const own = cpu !== undefined && this.#cpu !== undefined ? cpu - this.#cpu : late
    this.#held = Math.max(this.#held, Math.min(late, own))
    this.#last = now
    this.#cpu = cpu
  }
}
