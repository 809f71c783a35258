import { expect, test } from 'vitest'
import { dataFile, lacks } from '../../test/outside.ts'
import { picture } from './cardio-picture.ts'
import { findStrangeRows, strangest } from './strange-rows.ts'

const source = dataFile('odds/cardio.csv')

test.skipIf(lacks('data'))(
  'cardio: the rows that score most are strange ones, and it is known by which columns',
  async () => {
    const found = await findStrangeRows(source, 0.05)
    const [model, ...baselines] = found.detections
    expect(model.rocAuc).toBeGreaterThan(0.88)
    expect(baselines).toHaveLength(5)
    const better = baselines.filter(({ rocAuc }) => rocAuc < model.rocAuc)
    expect(better.length).toBeGreaterThanOrEqual(2)
    const normal = found.rows.filter(({ strange }) => !strange)
    expect(normal.filter(({ flagged }) => flagged).length / normal.length).toBeLessThan(0.05)
    const ten = strangest(found, 10)
    expect(ten.filter(({ strange }) => strange).length).toBeGreaterThanOrEqual(8)
    for (const { causes } of ten) {
      expect(causes[0].nats).toBeGreaterThan(100)
      // A column that is mostly one value makes nothing millions of nats unusual.
      expect(causes[0].nats).toBeLessThan(5000)
    }
    const svg = picture(found)
    expect(svg.match(/<rect/g)).toHaveLength(1 + 2 + 10 * found.columns.length)
    expect(svg).not.toContain('NaN')
  },
)
