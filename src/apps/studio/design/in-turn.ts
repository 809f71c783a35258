/** Work of the page that may wait a moment, cut into pieces that leave room for what a person does meanwhile. */

type Work = () => void

/** Milliseconds after which the rest of the drawing is left to the next frame. */
const A_FRAME = 5

/** Each piece a task of its own, in the order in which they were asked for; gives what takes one back. */
export const inTurn = queue(
  (next) => setTimeout(next),
  () => true,
)

/** Drawing: in the next frames, as much in each as it has room for. A page that nobody sees draws nothing. */
export const inFrame = queue(
  (next) => requestAnimationFrame(next),
  (began) => performance.now() - began > A_FRAME,
)

function queue(ask: (next: () => void) => unknown, isFull: (began: number) => boolean) {
  const waiting = new Set<Work>()
  let isAsked = false
  const askOnce = () => {
    if (isAsked || waiting.size === 0) return
    isAsked = true
    ask(turn)
  }
  const turn = () => {
    const began = performance.now()
    isAsked = false
    try {
      for (const work of [...waiting]) {
        // What an earlier piece took back is not there any more.
        if (!waiting.delete(work)) continue
        work()
        if (isFull(began)) break
      }
    } finally {
      askOnce()
    }
  }
  return (work: Work): Work => {
    waiting.add(work)
    askOnce()
    return () => void waiting.delete(work)
  }
}
