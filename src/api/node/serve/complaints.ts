/** Why a request is not answered by a model that is at work. */
import { BetavaeError, fail } from '../../../base/errors.ts'

export const refuseBusy = (seen: string): never =>
  fail({
    code: 'serve/busy',
    seen,
    wanted: 'fewer at a time',
    fix: 'ask again in a second, from fewer clients or of more servers',
    usage: true,
  })

export const late = (patience: number): BetavaeError =>
  new BetavaeError({
    code: 'serve/time',
    seen: `no answer within ${patience / 1000} s`,
    wanted: 'one in time',
    fix: 'send fewer rows at a time, or start the server with a longer --timeout',
    usage: true,
  })

export const left = (): BetavaeError =>
  new BetavaeError({
    code: 'serve/gone',
    seen: 'a client that left before its answer',
    wanted: 'one that waits',
    fix: 'wait longer',
    usage: true,
  })

export const stopping = (): BetavaeError =>
  new BetavaeError({
    code: 'serve/stopping',
    seen: 'a server that is about to stop',
    wanted: 'one that goes on',
    fix: 'ask again: another server answers, or this one after its restart',
    usage: true,
  })
