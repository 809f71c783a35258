import {
  type Reproduction,
  type ReproductionSchedule,
  reproductions,
  scheduleNames,
  type Target,
  wantedText,
} from '../../../inside.node.ts'
import type { Style } from '../terminal/terminal.ts'

/** What can be reproduced, for programs. */
export const listing = () =>
  reproductions.map(({ id, what, source, differences, schedules }) => ({
    id,
    what,
    source,
    ...(differences === undefined ? {} : { differences }),
    schedules: Object.fromEntries(
      Object.entries(schedules).map(([name, { extent, minutes, members, targets }]) => [
        name,
        {
          extent,
          minutes,
          runs: members.length,
          targets: targets.map(({ name, wanted, from }) => ({ name, wanted, from })),
        },
      ]),
    ),
  }))

/** What can be reproduced, as people read it. */
export const listingLines = (style: Style): string[] => [
  ...reproductions.flatMap((one) => [...lines(one, style), '']),
  'betavae reproduce <id> does it; times are for two cores',
]

const lines = (
  { id, what, source, differences, schedules }: Reproduction,
  { bold, dim }: Style,
): string[] => [
  bold(id),
  `  ${what}`,
  dim(`  from: ${source}`),
  ...(differences === undefined ? [] : [dim(`  otherwise than there: ${differences}`)]),
  ...scheduleNames.flatMap((name) => {
    const schedule = schedules[name]
    return schedule ? scheduleLines(name, schedule) : []
  }),
]

const scheduleLines = (name: string, { extent, minutes, targets }: ReproductionSchedule): string[] => [
  `  ${name}: ${extent}, ${about(minutes)}`,
  ...targets.map((target) => `    ${targetWords(target)}`),
]

const targetWords = ({ name, wanted, from }: Target): string =>
  `${name}: ${wantedText(wanted)}${from === 'own' ? ' (measured here, not published)' : ''}`

function about(minutes: number): string {
  if (minutes < 1) return `about ${Math.round(minutes * 60)} seconds`
  return minutes < 90 ? `about ${Math.round(minutes)} min` : `about ${Math.round(minutes / 60)} hours`
}
