import { expect, test } from 'vitest'
import { Measures } from './measures.ts'
import { metricsText } from './prometheus.ts'

test('what is measured, as Prometheus reads it', () => {
  const measures = new Measures()
  const asked = { model: 'a"b', operation: 'score' }
  measures.request(asked, 200, 0.004, 3)
  measures.request(asked, 200, 0.2, 1)
  measures.request(asked, 422, 0.1, 0)
  measures.batch('a"b', { operation: 'score', waited: [1, 20], took: 12, rows: [3, 1], statuses: [200, 200] })
  const text = metricsText(measures, [])
  measures.end()
  for (const line of [
    'betavae_requests_total{model="a\\"b",operation="score",status="200"} 2',
    'betavae_requests_total{model="a\\"b",operation="score",status="422"} 1',
    'betavae_rows_total{model="a\\"b",operation="score"} 4',
    'betavae_request_seconds_bucket{model="a\\"b",operation="score",le="0.005"} 1',
    'betavae_request_seconds_bucket{model="a\\"b",operation="score",le="+Inf"} 2',
    'betavae_request_seconds_count{model="a\\"b",operation="score"} 2',
    'betavae_batch_requests_sum{model="a\\"b"} 2',
    'betavae_wait_seconds_bucket{model="a\\"b",le="0.001"} 1',
  ])
    expect(text.split('\n')).toContain(line)
  // Every line is a comment or a sample.
  for (const line of text.trim().split('\n'))
    expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{.*\})? -?[\d.e+-]+)$/)
  const [{ seconds, requests, refused }] = measures.rates()
  expect([requests, refused]).toEqual([3, 1])
  expect(seconds.p50).toBeGreaterThan(0.0025)
  expect(seconds.p99).toBeLessThanOrEqual(0.2)
})
