/** Which trainings are a tab's that is open: each tab holds a lock for its own, which the browser takes back when it is gone. */
const NAME = 'betavae-training '

// Only pages from this machine or over https have locks; others go without, as if they were the only tab.
const locks = (): LockManager | undefined => (typeof navigator === 'undefined' ? undefined : navigator.locks)

/** Says that a training is this tab's, until what is returned is called or the tab is gone. */
export function holdTraining(id: string): () => void {
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  void locks()
    ?.request(NAME + id, () => held)
    .catch(() => undefined)
  return release
}

/** Takes a training that no open tab holds, in place of its own tab, until what is returned is called; undefined where one does. */
export function claimTraining(id: string): Promise<(() => void) | undefined> {
  return new Promise((resolve) => {
    const alone = () => resolve(() => {})
    const request = locks()?.request(NAME + id, { ifAvailable: true }, (lock) =>
      lock ? new Promise<void>((release) => resolve(release)) : resolve(undefined),
    )
    if (request) void request.catch(alone)
    else alone()
  })
}

/** Ids of the trainings of all open tabs. */
export async function livingTrainings(): Promise<ReadonlySet<string>> {
  const { held = [] } =
    (await locks()
      ?.query()
      .catch(() => undefined)) ?? {}
  const names = held.flatMap(({ name }) => name ?? [])
  return new Set(names.filter((name) => name.startsWith(NAME)).map((name) => name.slice(NAME.length)))
}
