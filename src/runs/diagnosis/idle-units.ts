import type { Found, Way } from './finding.ts'
import { activeOf, countOf, type History, isGrowing, isWarm } from './history.ts'
import { freeBits, warmedUp } from './ways.ts'
import { figure } from './words.ts'

/** Nats that a unit must once have carried to be missed. */
const CARRIED = 0.1
const MOST_UNITS = 0.5
const NEARLY_ALL = 0.75
/** Share of the units that must have died. */
const DIED = 0.2

/** Units that were active once the weight of the KL stood, and are not any more: what they carried is lost. */
export function diedUnits(history: History): Found | undefined {
  const { told, epochs, latent, rate, beta } = history
  const active = activeOf(history, told)
  if (!rate || beta === null || !active || countOf(active) === 0) return undefined
  const before = epochs.filter((epoch) => epoch.epoch < told.epoch && isWarm(history, epoch))
  const peaks = active.map((_, unit) => sustained(before.map((epoch) => epoch.klPerDimension?.[unit] ?? 0)))
  const died = active.flatMap((isActive, unit) => (!isActive && peaks[unit] >= CARRIED ? [unit] : []))
  if (died.length < Math.max(2, DIED * latent)) return undefined
  const most = Math.max(...died.map((unit) => peaks[unit]))
  return {
    code: 'diagnosis/over-pruning',
    severity: beta > 1 ? 'note' : 'warning',
    gist: 'part of its code has died while it trained (over-pruning)',
    said:
      `over-pruning: ${died.length} of ${latent} units carried up to ${figure(most)} nats and have died ` +
      `(${died
        .slice(0, 8)
        .map((unit) => `z${unit}`)
        .join(', ')}${died.length > 8 ? ', …' : ''}); ` +
      `${countOf(active)} are active after epoch ${told.epoch}`,
    ways: keepMore(history),
  }
}

/** The most that was reached twice. */
const sustained = (values: readonly number[]): number => [...values].sort((a, b) => b - a)[1] ?? 0

/** Few units carry anything at all. */
export function idleUnits(history: History): Found | undefined {
  const { told, latent, rate, beta } = history
  const active = activeOf(history, told)
  if (!rate || beta === null || !active) return undefined
  const count = countOf(active)
  const idle = latent - count
  const factors = count === 1 ? '1 factor' : `${count} factors`
  const fewer: Way = { words: `if the data have no more than ${factors}`, options: { latent: count } }
  if (count === 0 || latent < 4 || idle <= MOST_UNITS * latent) return undefined
  if (isGrowing(history, (epoch) => countOf(activeOf(history, epoch) ?? []))) return undefined
  const severity = idle > NEARLY_ALL * latent ? 'warning' : 'note'
  const numbers = `${idle} of ${latent} units are idle after epoch ${told.epoch} (the variance of their posterior means is below 0.01), ${count} ${count === 1 ? 'carries' : 'carry'} the code`
  if (beta > 1)
    return {
      code: 'diagnosis/partial-collapse',
      severity,
      gist: 'much of its code says nothing (partial collapse)',
      said: `partial collapse: ${numbers}; ${rate.term.symbol} = ${figure(beta)} charges every nat ${figure(beta)} times`,
      ways: [
        {
          words: 'charge less, if more should be told',
          options: { [rate.term.option]: Math.max(1, beta / 4) },
        },
        fewer,
      ],
    }
  return {
    code: 'diagnosis/idle-units',
    severity,
    gist: 'its code is larger than what the data fill',
    said: `most units are idle although ${rate.term.symbol} = ${figure(beta)} does not charge too much: ${numbers}`,
    ways: [fewer, ...keepMore(history)],
  }
}

function keepMore({ rate, beta, recipe }: History): Way[] {
  const name = rate?.term.option ?? 'beta'
  if (beta !== null && beta > 1)
    return [{ words: 'charge less', options: { [name]: Math.max(1, beta / 4) } }, freeBits]
  const isConstant = rate?.weight.kind.name === 'constant'
  return [...(isConstant ? [warmedUp(name, beta ?? 1, recipe.training.steps)] : []), freeBits]
}
