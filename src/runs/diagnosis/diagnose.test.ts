import { describe, expect, test } from 'vitest'
import { journalOf, type LoggedEvent, NOT_FINITE } from '../journal.ts'
import { diagnose, freshWarnings } from './diagnose.ts'
import { finalLoss, historyOf, type Recorded } from './history.ts'
import { recordOf, records } from './records.testing.ts'

const codes = (record: Recorded): string[] =>
  diagnose(record).findings.map(({ code, severity }) => `${severity} ${code.replace('diagnosis/', '')}`)

test('each record is diagnosed with what ails it', () => {
  const told = Object.entries(records).map(([name, record]) => [name, codes(record)])
  expect(Object.fromEntries(told)).toMatchInlineSnapshot(`
    {
      "capacityLost": [
        "problem posterior-collapse",
      ],
      "collapsed": [
        "problem posterior-collapse",
      ],
      "collapsedAtOne": [
        "problem posterior-collapse",
      ],
      "died": [
        "warning over-pruning",
      ],
      "healthy": [],
      "idle": [
        "warning idle-units",
      ],
      "narrowNoise": [
        "warning observation-noise",
      ],
      "overfitted": [
        "warning overfitting",
      ],
      "partlyCollapsed": [
        "warning partial-collapse",
      ],
      "ranAway": [
        "problem divergence",
      ],
      "spread": [
        "warning aggregate-gap",
      ],
      "wideNoise": [
        "warning observation-noise",
        "note idle-units",
      ],
    }
  `)
})

test('says what it saw, with numbers, and options that mend it', () => {
  const told = Object.entries(records).flatMap(([name, record]) => [
    `${name}: ${diagnose(record).said}`,
    ...diagnose(record).findings.flatMap(({ said, remedy }) => [`  ${said}`, `  → ${remedy}`]),
  ])
  expect(`\n${told.join('\n')}\n`).toMatchInlineSnapshot(`
    "
    healthy: healthy: validation after epoch 20, ELBO −29 nats, −48 after epoch 1, reconstruction 21, KL 8, 4 of 4 units active
    collapsed: one thing to mend: validation after epoch 20, ELBO −40 nats, −40 after epoch 1, reconstruction 40, KL 0.004, 0 of 4 units active
      posterior collapse: after epoch 20 the KL is 0.004 nats, none of 4 units is active (the posterior means of the liveliest vary by 0.001; active from 0.01 on), so the decoder gets by without the code at a reconstruction of 40 nats; β is 50
      → charge less for the code: --beta 1; or something between, reached slowly: --beta 'linear(0, 4, 50)'
    collapsedAtOne: one thing to mend: validation after epoch 20, ELBO −2.6 nats, −2.6 after epoch 1, reconstruction 2.6, KL 0.004, 0 of 4 units active
      posterior collapse: after epoch 20 the KL is 0.004 nats, none of 4 units is active (the posterior means of the liveliest vary by 0.001; active from 0.01 on), so the decoder gets by without the code at a reconstruction of 2.6 nats; β is 1
      → warm the weight up: --beta 'linear(0, 1, 50)'; or give every dimension some nats for free: --objective free-bits-vae --free-bits-nats 0.25; or let σ follow the residual: --objective sigma-vae
    capacityLost: one thing to mend: validation after epoch 20, ELBO −40 nats, −40 after epoch 1, reconstruction 40, KL 0.004, 0 of 4 units active
      posterior collapse: after epoch 20 the KL is 0.004 nats, none of 4 units is active (the posterior means of the liveliest vary by 0.001; active from 0.01 on), so the decoder gets by without the code at a reconstruction of 40 nats; γ is 0.2
      → hold the KL to its target more firmly: --gamma 2
    died: one thing to mend: validation after epoch 20, ELBO −26 nats, −45 after epoch 1, reconstruction 21, KL 5, 6 of 10 units active
      over-pruning: 4 of 10 units carried up to 0.7 nats and have died (z6, z7, z8, z9); 6 are active after epoch 20
      → warm the weight up: --beta 'linear(0, 1, 50)'; or give every dimension some nats for free: --objective free-bits-vae --free-bits-nats 0.25
    idle: one thing to mend: validation after epoch 20, ELBO −26 nats, −45 after epoch 1, reconstruction 21, KL 5, 2 of 10 units active
      most units are idle although β = 1 does not charge too much: 8 of 10 units are idle after epoch 20 (the variance of their posterior means is below 0.01), 2 carry the code
      → if the data have no more than 2 factors: --latent 2; or warm the weight up: --beta 'linear(0, 1, 50)'; or give every dimension some nats for free: --objective free-bits-vae --free-bits-nats 0.25
    partlyCollapsed: one thing to mend: validation after epoch 20, ELBO −23 nats, −42 after epoch 1, reconstruction 21, KL 2, 1 of 10 units active
      partial collapse: 9 of 10 units are idle after epoch 20 (the variance of their posterior means is below 0.01), 1 carries the code; β = 16 charges every nat 16 times
      → charge less, if more should be told: --beta 4; or if the data have no more than 1 factor: --latent 1
    overfitted: one thing to mend: validation after epoch 40, ELBO −53 nats, −47 after epoch 1, reconstruction 45, KL 8, 4 of 4 units active
      overfitting: the validation loss was best after epoch 10 at 38 nats and is 52 after epoch 40, while the training loss went on from 43 to 29; 5000 parameters learn from 80 examples
      → stop in time: the best epoch is kept: --patience 3; or weight decay: --l2 0.0001; or a smaller network: --hidden 100,50; or more data
    spread: one thing to mend: validation after epoch 20, ELBO −81 nats, −100 after epoch 1, reconstruction 21, KL 60, 4 of 4 units active
      codes of data lie at least 6.42 nats from the prior: the posterior means of 4 of 4 units vary by more than 1.5, the widest by 6, where N(0, 1) has 1; samples from the prior miss them. β is 0.01
      → charge more for the code: --beta 1; or learn the prior: --prior vamp; or draw samples from where codes are: betavae sample <run> --from aggregate
    wideNoise: one thing to mend: validation after epoch 20, ELBO −1.02 nats, −1.02 after epoch 1, reconstruction 0.02, KL 1, 1 of 4 units active
      σ is too large for these data: σ² = 0.5, but the mean squared residual is 0.01, so the KL counts 50 times as much as it would at the best σ
      → let σ follow the residual: --objective sigma-vae; or say it: --likelihood gaussian --sigma 0.1
      most units are idle although β = 1 does not charge too much: 3 of 4 units are idle after epoch 20 (the variance of their posterior means is below 0.01), 1 carries the code
      → if the data have no more than 1 factor: --latent 1; or warm the weight up: --beta 'linear(0, 1, 50)'; or give every dimension some nats for free: --objective free-bits-vae --free-bits-nats 0.25
    narrowNoise: one thing to mend: validation after epoch 20, ELBO −31.23 nats, −31.23 after epoch 1, reconstruction 22.23, KL 9, 4 of 4 units active
      σ is too small for these data: σ² = 0.01, but the mean squared residual is 0.25, so the KL counts 0.04 times as much as it would at the best σ
      → let σ follow the residual: --objective sigma-vae; or say it: --likelihood gaussian --sigma 0.5
    ranAway: one thing to mend: validation after epoch 20, ELBO −98 nats, −48 after epoch 1, reconstruction 90, KL 8, 4 of 4 units active
      training runs away: its loss, 48 nats at first, was 98 in epoch 12, 29.82 at best in epoch 11, and is 98 in epoch 20
      → take smaller steps: --lr 0.0001; or bound them: --clip 10
    "
  `)
})

describe('says nothing', () => {
  test('before there is anything to say', () => {
    expect(diagnose({ ...records.collapsed, events: [] })).toEqual({
      healthy: true,
      early: true,
      said: 'too early to tell: no epoch has ended',
      findings: [],
    })
    const early = recordOf({ epochs: [{ reconstruction: 40 }, { reconstruction: 40 }], ended: true })
    expect(diagnose(early).findings).toEqual([])
    const tenth = recordOf({
      epochs: Array.from({ length: 10 }, () => ({ reconstruction: 40 })),
      ended: false,
    })
    expect(diagnose(tenth).said).toBe('too early to tell: 10 epochs, 10 % of the steps')
  })

  test('of a collapse that the target asks for, or that is passing', () => {
    const { recipe, events } = records.capacityLost
    const terms = [{ term: 'capacity', weight: 20, target: 0 }]
    expect(codes({ recipe: { ...recipe, objective: { name: 'annealed-vae', terms } }, events })).toEqual([])
    const waking = (kl: (epoch: number) => number) =>
      recordOf({
        draft: { model: { latent: { size: 2 } } },
        ended: false,
        epochs: Array.from({ length: 40 }, (_, i) => ({
          reconstruction: 40,
          kl: kl(i + 1),
          activity: [0, 0],
        })),
      })
    expect(codes(waking((epoch) => 0.002 * 1.1 ** epoch))).toEqual([])
    expect(codes(waking(() => 0.002))).toEqual(['problem posterior-collapse'])
  })

  test('of units that die while the weight of the KL still rises', () => {
    const { recipe, events } = records.died
    const terms = [{ term: 'kl', weight: 'linear(0, 1, 150)' }]
    expect(codes({ recipe: { ...recipe, objective: { name: 'vae', terms } }, events })).toEqual([])
  })

  test('of overfitting where patience keeps the best epoch, or nothing is held out', () => {
    const { recipe, events } = records.overfitted
    expect(codes({ recipe: { ...recipe, training: { ...recipe.training, patience: 5 } }, events })).toEqual(
      [],
    )
    const bare = events.map((event) => (event.kind === 'epoch' ? { ...event, validation: undefined } : event))
    expect(codes({ recipe, events: bare as LoggedEvent[] })).toEqual([])
  })

  test('of a loss that is thrown up and ends below its start', () => {
    const record = (after: (epoch: number) => number) =>
      recordOf({
        epochs: Array.from({ length: 40 }, (_, i) => ({
          reconstruction: i < 20 ? 40 - i : i === 20 ? 9000 : after(i),
          kl: 8,
          activity: [0.9, 0.9, 0.9, 0.9],
        })),
        draft: { model: { latent: { size: 4 } } },
      })
    expect(codes(record(() => 38))).toEqual([])
    expect(codes(record((epoch) => 40 + epoch))).toEqual(['problem divergence'])
  })

  test('of a code of points, beyond what it can', () => {
    const record = recordOf({
      draft: { objective: { name: 'autoencoder' } },
      epochs: Array.from({ length: 20 }, (_, i) => ({ reconstruction: 20 + 20 / (i + 1), kl: null })),
    })
    expect(diagnose(record)).toEqual({
      healthy: true,
      early: false,
      said: 'healthy: validation after epoch 20, reconstruction 21 nats, 40 after epoch 1',
      findings: [],
    })
  })
})

describe('while training goes on', () => {
  test('a warning is said once, and notes not at all', () => {
    const { recipe, events } = records.collapsed
    const [warning, ...rest] = freshWarnings({ recipe, events })
    expect(rest).toEqual([])
    expect(warning).toMatchObject({ kind: 'warning', code: 'diagnosis/posterior-collapse', step: 200 })
    const [{ said, remedy }] = diagnose({ recipe, events }).findings
    expect(warning.message).toBe(`${said}. To mend it: ${remedy}`)
    expect(freshWarnings({ recipe, events: [...events, warning] })).toEqual([])
    expect(codes(records.wideNoise)).not.toEqual([])
  })

  test('a training that was stopped by numbers that are none is told, until it goes on', () => {
    const { recipe, events } = records.healthy
    const stop: LoggedEvent = {
      kind: 'warning',
      code: NOT_FINITE,
      message: 'step 212: kl = Infinity',
      step: 200,
    }
    const [finding] = diagnose({ recipe, events: [...events, stop] }).findings
    expect(finding).toEqual({
      code: 'diagnosis/divergence',
      severity: 'problem',
      gist: 'training ran away and was stopped',
      said: 'training ran away and was stopped: step 212: kl = Infinity',
      remedy: 'take smaller steps: --lr 0.0001; or bound them: --clip 10',
      mend: { lr: 0.0001 },
    })
    expect(diagnose({ recipe, events: [stop] }).healthy).toBe(false)
    expect(codes({ recipe, events: [stop, ...events] })).toEqual([])
  })
})

test('a log that leaves epochs out is diagnosed as one that has them all', () => {
  // The loss falls, and runs away in the last eighth.
  const away = recordOf({
    epochs: Array.from({ length: 8000 }, (_, i) => ({ reconstruction: i < 7000 ? 50 - i / 200 : 200 })),
  })
  // Held-out rows are best halfway, while training goes on.
  const memorized = recordOf({
    epochs: Array.from({ length: 8000 }, (_, i) => ({
      reconstruction: 50 + Math.abs(i - 4000) / 100,
      trainReconstruction: 80 - i / 200,
    })),
  })
  for (const record of [away, memorized]) {
    const take = journalOf(record.recipe.training.steps)
    const events = record.events.flatMap((event) => take(event))
    expect(events.length).toBeLessThan(1200)
    const [whole, thinned] = [record, { ...record, events }].map((own) =>
      diagnose(own).findings.map(({ code, severity, remedy }) => ({ code, severity, remedy })),
    )
    expect(thinned).toEqual(whole)
    expect(whole.length).toBeGreaterThan(0)
  }
})

test('what opponents charge, who learn, has no say in how a loss has moved', () => {
  const draft = { objective: { name: 'adversarial-autoencoder' } } as const
  const history = historyOf(recordOf({ draft, epochs: [{ reconstruction: 5, kl: null }] }))!
  const charged = (nats: number) =>
    finalLoss(history)({ ...history.told.train, reconstruction: 5, terms: { 'adversarial-prior': nats } })
  expect([charged(0), charged(100)]).toEqual([5, 5])
})
