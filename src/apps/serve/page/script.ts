/**
 * What runs in the page of a server: its functions are sent as they stand here, so that they use nothing but each other,
 * and of the rest of the house types alone.
 */
import type { Drift, ModelFacts, Rate, Status } from '../schemas.ts'

type Child = Node | string
type Shown = Status['models'][number]
type Scored = { score?: number; p?: number; flagged?: boolean; foundBy?: string; causes?: Cause[] }
type Cause = { column: string; seen: unknown; expected: unknown; nats: number }

/** The text of the script; what a bundler renames it renames in all of them. */
export const scriptText = (): string =>
  `${[
    ...[
      element,
      byId,
      number,
      seconds,
      headers,
      table,
      rateTable,
      driftPart,
      scoreWords,
      answerPart,
      exampleOf,
    ],
    ...[
      fieldOf,
      rowFields,
      whereField,
      bodyOf,
      whereOf,
      askFor,
      modelForm,
      modelPart,
      showFacts,
      showModels,
      refresh,
      start,
    ],
  ]
    .map(String)
    .join('\n')}\n${start.name}()\n`

function element(
  tag: string,
  facts: Readonly<Record<string, string>> = {},
  ...children: Child[]
): HTMLElement {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(facts)) made.setAttribute(name, value)
  made.append(...children)
  return made
}

function byId(id: string): HTMLElement {
  return document.getElementById(id) as HTMLElement
}

function number(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 3 })
}

function seconds(value: number): string {
  return value < 1 ? `${number(value * 1000)} ms` : `${number(value)} s`
}

function headers(): Record<string, string> {
  const key = sessionStorage.getItem('betavae-serve-key')
  return key === null ? {} : { 'X-API-Key': key }
}

function table(caption: string, head: string[], rows: Child[][]): HTMLElement {
  const cells = (row: Child[]) =>
    row.map((cell, at) => (at === 0 ? element('th', { scope: 'row' }, cell) : element('td', {}, cell)))
  return element(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    element(
      'table',
      {},
      element('caption', {}, caption),
      element('thead', {}, element('tr', {}, ...head.map((name) => element('th', { scope: 'col' }, name)))),
      element('tbody', {}, ...rows.map((row) => element('tr', {}, ...cells(row)))),
    ),
  )
}

function rateTable(model: string, rates: Rate[]): HTMLElement {
  const own = rates.filter((rate) => rate.model === model)
  if (own.length === 0) return element('p', { class: 'soft' }, 'Nothing was asked yet.')
  const head = [
    'operation',
    'a second',
    'requests',
    'refused',
    'rows',
    'half within',
    '95% within',
    '99% within',
  ]
  return table(
    'What was asked; a second in the last minute',
    head,
    own.map((rate) => [
      rate.operation,
      number(rate.perSecond),
      rate.requests.toLocaleString('en'),
      rate.refused.toLocaleString('en'),
      rate.rows.toLocaleString('en'),
      ...[rate.seconds.p50, rate.seconds.p95, rate.seconds.p99].map(seconds),
    ]),
  )
}

function driftPart(drift: Drift | undefined): HTMLElement {
  if (!drift || drift.rows === 0) return element('p', { class: 'soft' }, 'No row was scored yet.')
  const moved = drift.columns.filter((column) => column.drifted)
  const isMoved = drift.drifted || moved.length > 0
  const share = (value: number) => `${number(value * 100)}%`
  const isEnough = drift.rows >= drift.enough
  const calm = isEnough ? 'Nothing drifted.' : `It takes ${drift.enough} scored rows to tell.`
  const words = isMoved
    ? `${drift.drifted ? 'Scores are not those of training' : 'Scores are as in training'}; columns that moved: ${moved.length}.`
    : calm
  const parts = [
    element('p', { class: isMoved ? 'bad' : isEnough ? 'good' : 'soft' }, words),
    element(
      'p',
      { class: 'soft' },
      `Of the last ${drift.rows.toLocaleString('en')} scored rows ${share(drift.flagged)} were flagged`,
      drift.distance === undefined
        ? '.'
        : `; distance of their p-values from held-out rows ${number(drift.distance)}.`,
    ),
  ]
  if (moved.length > 0)
    parts.push(
      table(
        'Columns that moved',
        ['column', 'distance', 'missing', 'in training', 'not read'],
        moved.map((column) => [
          column.name,
          column.distance === undefined ? '–' : number(column.distance),
          ...[column.missing, column.missingInTraining, column.unread].map(share),
        ]),
      ),
    )
  return element('div', {}, ...parts)
}

function scoreWords(row: Scored): Child[] {
  if (row.score === undefined) return []
  const flagged = row.flagged ? 'Flagged' : 'Not flagged'
  const p = row.p === undefined ? '' : ` ${number(row.p * 100)}% of held-out rows are as unusual.`
  const by = row.foundBy === undefined ? '' : ` Found by: ${row.foundBy}.`
  const words = element(
    'p',
    { class: row.flagged ? 'bad' : 'good' },
    `${flagged}: score ${number(row.score)}.${p}${by}`,
  )
  const causes = row.causes ?? []
  if (causes.length === 0) return [words]
  return [
    words,
    table(
      'What speaks against the row',
      ['column', 'seen', 'expected', 'nats'],
      causes.map((cause) => [cause.column, String(cause.seen), String(cause.expected), number(cause.nats)]),
    ),
  ]
}

function answerPart(status: number, took: number, answer: { rows?: Scored[]; detail?: string }): Child[] {
  const isDone = status < 400
  const [row] = answer.rows ?? []
  return [
    element(
      'p',
      { class: isDone ? 'soft' : 'bad' },
      isDone ? `Answered in ${seconds(took / 1000)}.` : `${status}: ${answer.detail ?? 'refused'}`,
    ),
    ...(isDone && row && !Array.isArray(row) ? scoreWords(row) : []),
    element(
      'details',
      isDone && row?.score !== undefined ? {} : { open: '' },
      element('summary', {}, 'The answer as JSON'),
      element('pre', { tabindex: '0' }, JSON.stringify(answer, null, 1)),
    ),
  ]
}

/** A body for an operation of a model of plain numbers. */
function exampleOf(operation: string, model: ModelFacts): string {
  const zeros = (count: number) => new Array<number>(count).fill(0)
  if (operation === 'sample') return ''
  const given = model.given && {
    condition: Object.fromEntries(model.given.map(({ name, example }) => [name, example])),
  }
  if (operation === 'decode') return JSON.stringify({ codes: [zeros(model.latent)], ...given })
  const size = model.exampleShape.reduce((all, extent) => all * extent, 1)
  return JSON.stringify({ rows: [zeros(size)], ...given })
}

type Field = Pick<NonNullable<ModelFacts['given']>[number], 'name' | 'example' | 'levels'>

function fieldOf(model: string, column: Field): HTMLElement {
  const id = `${model}-${column.name}`
  const label = element('label', { for: id }, column.name)
  const example = column.example === null ? '' : String(column.example)
  if (!column.levels || column.levels.length > 50)
    return element(
      'div',
      {},
      label,
      element('input', { id, name: column.name, value: example, autocomplete: 'off' }),
    )
  const choices = ['', ...column.levels.map(String)].map((level) =>
    element(
      'option',
      { value: level, ...(level === example ? { selected: '' } : {}) },
      level === '' ? 'missing' : level,
    ),
  )
  return element('div', {}, label, element('select', { id, name: column.name }, ...choices))
}

function rowFields(model: ModelFacts): HTMLElement {
  return element(
    'fieldset',
    { class: 'fields' },
    element('legend', {}, 'A row; what is left empty is missing'),
    ...(model.columns ?? []).map((column) => fieldOf(model.model, column)),
    ...(model.given ?? []).map((column) => fieldOf(model.model, column)),
  )
}

/** Where a condition is asked for: of what a model makes, not of what it is sent. */
function whereField(operation: string, model: ModelFacts): HTMLElement | undefined {
  if (!model.given || !['decode', 'reconstruct', 'sample'].includes(operation)) return undefined
  const id = `${model.model} where`.replaceAll(' ', '-')
  const [{ name, example }] = model.given
  const hint = `${name}=${example}`
  return element(
    'div',
    { class: 'fields' },
    element(
      'div',
      {},
      element(
        'label',
        { for: id },
        operation === 'reconstruct' ? 'What is to be other' : 'What is to be known',
      ),
      element('input', {
        ...{ id, name: 'where', placeholder: hint, autocomplete: 'off' },
        ...(operation === 'sample' && { value: hint }),
      }),
    ),
  )
}

function whereOf(form: HTMLFormElement): string {
  const where = form.querySelector<HTMLInputElement>('[name=where]')?.value ?? ''
  return where === '' ? '' : `?where=${encodeURIComponent(where)}`
}

function bodyOf(form: HTMLFormElement, operation: string, isRow: boolean): string | undefined {
  if (operation === 'sample') return undefined
  if (!isRow) return (form.querySelector('textarea') as HTMLTextAreaElement).value
  const row: Record<string, string | null> = {}
  for (const field of form.querySelectorAll<HTMLInputElement>('fieldset input, fieldset select'))
    row[field.name] = field.value === '' ? null : field.value
  return JSON.stringify({ rows: [row] })
}

async function askFor(
  model: string,
  operation: string,
  { body, where, shown }: { body: string | undefined; where: string; shown: HTMLElement },
): Promise<void> {
  const began = performance.now()
  try {
    const response = await fetch(`models/${encodeURIComponent(model)}/${operation}${where}`, {
      method: 'POST',
      headers: { ...headers(), 'Content-Type': 'application/json', Accept: 'application/json' },
      body,
    })
    const answer = await response.json()
    shown.replaceChildren(...answerPart(response.status, performance.now() - began, answer))
  } catch (error) {
    shown.replaceChildren(element('p', { class: 'bad' }, `No answer: ${String(error)}`))
  }
}

function modelForm(model: ModelFacts): HTMLElement {
  const id = `${model.model} operation`.replaceAll(' ', '-')
  const names = model.operations
  const choice = element(
    'select',
    { id },
    ...names.map((name) => element('option', { value: name }, name)),
  ) as HTMLSelectElement
  const place = element('div')
  const answer = element('div', { 'aria-live': 'polite' })
  const button = element('button', {}, 'Ask')
  const isRow = () => model.columns !== undefined && !['decode', 'sample'].includes(choice.value)
  const sentPart = (): HTMLElement | undefined => {
    if (isRow()) return place.querySelector('fieldset') ?? rowFields(model)
    if (choice.value === 'sample') return undefined
    const facts = { 'aria-label': 'Body of the request', spellcheck: 'false' }
    return element('textarea', facts, exampleOf(choice.value, model))
  }
  const show = () => {
    const parts = [sentPart(), whereField(choice.value, model)]
    place.replaceChildren(...parts.filter((part) => part !== undefined))
  }
  const asking = element(
    'div',
    { class: 'asking' },
    element('div', {}, element('label', { for: id }, 'Operation'), choice),
    button,
  )
  const form = element(
    'form',
    { 'aria-label': `Try ${model.model}` },
    place,
    asking,
    answer,
  ) as HTMLFormElement
  choice.addEventListener('change', show)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    button.setAttribute('disabled', '')
    const body = bodyOf(form, choice.value, isRow())
    void askFor(model.model, choice.value, { body, where: whereOf(form), shown: answer }).finally(() => {
      button.removeAttribute('disabled')
      void refresh()
    })
  })
  show()
  return form
}

function modelPart(model: Shown): HTMLElement {
  const id = `model-${model.model}`
  const head = element(
    'header',
    {},
    element('h2', { id }, model.model),
    element('span', { class: 'version' }),
  )
  return element(
    'section',
    { class: 'model', 'aria-labelledby': id, 'data-model': model.model },
    head,
    element('h3', {}, 'Rates'),
    element('div', { class: 'rates' }),
    ...(model.columns ? [element('h3', {}, 'Drift'), element('div', { class: 'drift' })] : []),
    element('h3', {}, 'Try it'),
    modelForm(model),
  )
}

function showFacts(status: Status): void {
  const state = byId('state')
  state.textContent = status.ready ? 'Ready' : 'Not ready'
  state.className = status.ready ? 'good' : 'bad'
  const facts = [
    [
      'Up',
      status.upSeconds < 120 ? seconds(Math.round(status.upSeconds)) : `${number(status.upSeconds / 3600)} h`,
    ],
    ['Memory', `${number(status.memory / 2 ** 20)} MB`],
    ['Waiting', String(status.waiting)],
    ['Event loop held', seconds(status.loopSeconds)],
  ]
  byId('facts').replaceChildren(
    ...facts.map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value))),
  )
}

function showModels(status: Status): void {
  const place = byId('models')
  for (const model of status.models) {
    let own = place.querySelector<HTMLElement>(`[data-model="${CSS.escape(model.model)}"]`)
    if (!own) {
      own = modelPart(model)
      place.append(own)
    }
    const version = own.querySelector('.version') as HTMLElement
    version.textContent = `version ${model.version} · ${model.engine}`
    own.querySelector('.rates')?.replaceChildren(rateTable(model.model, status.rates))
    own.querySelector('.drift')?.replaceChildren(driftPart(model.drift))
  }
}

async function refresh(): Promise<void> {
  const state = byId('state')
  try {
    const response = await fetch('status', { headers: headers() })
    byId('door').hidden = response.status !== 401
    if (response.status === 401) {
      state.textContent = 'This server wants a key.'
      return
    }
    const status: Status = await response.json()
    showFacts(status)
    showModels(status)
  } catch {
    state.textContent = 'The server does not answer.'
    state.className = 'bad'
  }
}

function start(): void {
  byId('door').addEventListener('submit', (event) => {
    event.preventDefault()
    sessionStorage.setItem('betavae-serve-key', (byId('key') as HTMLInputElement).value)
    void refresh()
  })
  void refresh()
  // What is pointed at or read by a screen reader is not moved while it is.
  setInterval(() => {
    if (!document.hidden) void refresh()
  }, 3000)
}
