import { type ClockForm, joinedClock, splitDuration } from '../forms/clock.ts'
import type { NumberForm } from '../forms/index.ts'
import { joinedSpelled, type SpelledForm, splitSpelled } from '../forms/spelled.ts'
import { NumberTally } from './number-tally.ts'

/** Texts looked at before a column without durations is given up. */
const TRIALS = 200

/** Begins a tally of texts that are durations. */
export function durationTally(room: number) {
  const clocks = new NumberTally(room)
  const words = new NumberTally(room)
  let clock: ClockForm | undefined
  let spelled: SpelledForm | undefined
  let isMixed = false
  let seen = 0
  return {
    forget(slot: number) {
      clocks.forget(slot)
      words.forget(slot)
    },
    add(text: string, slot: number) {
      if (seen++ >= TRIALS && clock === undefined && spelled === undefined) return
      const found = splitDuration(text)
      if (found !== undefined) {
        clock = clock === undefined ? found.form : joinedClock(clock, found.form)
        isMixed ||= clock.parts !== found.form.parts
        return clocks.add(found.seconds, text, slot)
      }
      const words_ = splitSpelled(text)
      if (words_ === undefined) return
      spelled = spelled === undefined ? words_.form : joinedSpelled(spelled, words_.form)
      words.add(words_.seconds, text, slot)
    },
    /** The durations and how they are written; undefined where there are none, or clocks of two kinds. */
    best(): { numbers: NumberTally; form: NumberForm } | undefined {
      if (spelled !== undefined && words.count >= clocks.count) return { numbers: words, form: spelled }
      return clock === undefined || (isMixed && clock.parts === 'm:s')
        ? undefined
        : { numbers: clocks, form: clock }
    },
  }
}
