/** The document of a server, OpenAPI 3.1, from the schemas by which requests are checked and answers are tested. */
import * as z from 'zod/mini'
import { type Operation, operations, version } from '../../inside.node.ts'
import { schemas } from './schemas.ts'

type Json = Readonly<Record<string, unknown>>

/** Media types of rows, by the form that they have. */
export const mediaTypes = {
  json: 'application/json',
  lines: 'application/jsonl',
  arrow: 'application/vnd.apache.arrow.stream',
} as const

export const PROBLEM = 'application/problem+json'

const ref = (name: keyof typeof schemas): Json => ({ $ref: `#/components/schemas/${name}` })

/** JSON Schema as OpenAPI 3.1 takes it. */
const plain = (schema: z.ZodMiniType): Json =>
  cleaned(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }))

/** Every schema by its name; what one holds of another it refers to. */
function components(): Json {
  const names = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(schemas)) names.add(schema, { id })
  const found = z.toJSONSchema(names, { io: 'input', uri: (id) => `#/components/schemas/${id}` })
  return Object.fromEntries(Object.entries(found.schemas).map(([id, schema]) => [id, cleaned(schema)]))
}

/** Without what the document says once for all; one of several types as a choice, which more generators understand. */
function cleaned(schema: object): Json {
  const { $schema, $id, propertyNames, type, ...rest } = schema as Json
  const own = Object.entries(rest).map(([key, value]) => [key, cleanedValue(value)])
  const types = Array.isArray(type)
    ? { anyOf: type.map((one) => ({ type: one })) }
    : type === undefined
      ? {}
      : { type }
  return { ...types, ...Object.fromEntries(own) }
}

const cleanedValue = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(cleanedValue)
  return typeof value === 'object' && value !== null ? cleaned(value) : value
}

const jsonOf = (schema: Json): Json => ({ [mediaTypes.json]: { schema } })
const binary: Json = { type: 'string', contentMediaType: mediaTypes.arrow }
const lines: Json = { type: 'string', contentMediaType: mediaTypes.lines }

const given = { scores: 'Scores', codes: 'EncodedRows', rows: 'AnsweredRows' } as const
const sent = { rows: 'Rows', codes: 'Codes' } as const

const problem = (description: string): Json => ({
  description,
  content: { [PROBLEM]: { schema: ref('Problem') } },
})

const refusals: Json = {
  400: problem('The body is not what it should be, or an option is not.'),
  401: problem('No key, or one that is none of this server.'),
  403: problem('Asked by another name than one of this machine.'),
  404: problem('No such model, or the model does not do this.'),
  408: problem('The body had not come in time.'),
  413: problem('Too large a body, or too many rows.'),
  415: problem('A body of a type that is not read.'),
  422: problem('Rows, codes or options that the model cannot take.'),
  429: problem('Too many requests wait.'),
  500: problem('Something that nobody expected.'),
  503: problem('The server is about to stop, or not ready yet.'),
  504: problem('No answer in time.'),
}

/** A parameter for each field of the options. */
function optionParameters({ options }: Operation): Json[] {
  const { properties = {} } = plain(options) as { properties?: Readonly<Record<string, Json>> }
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    ...{ name, in: 'query', required: false, description, schema },
  }))
}

function operationPath(operation: Operation, models: readonly string[]): Json {
  const { name, summary, ofTables } = operation
  const model = {
    ...{ name: 'model', in: 'path', required: true, description: 'The name of a model.' },
    schema: { type: 'string', enum: models },
  }
  return {
    post: {
      operationId: name,
      summary,
      description: `${summary}. ${ofTables ? 'Models of tables alone. ' : ''}JSON Lines are answered as they come, line by line.`,
      tags: ['models'],
      parameters: [model, ...optionParameters(operation)],
      ...(operation.sent !== 'nothing' && {
        requestBody: {
          required: true,
          content: {
            ...jsonOf(ref(sent[operation.sent])),
            [mediaTypes.lines]: { schema: lines },
            ...(operation.sent === 'rows' && { [mediaTypes.arrow]: { schema: binary } }),
          },
        },
      }),
      responses: {
        200: {
          description: 'An answer of one version of the model.',
          headers: {
            'Betavae-Model': { description: 'Name and version of the model.', schema: { type: 'string' } },
          },
          content: {
            ...jsonOf(ref(given[operation.given])),
            [mediaTypes.lines]: { schema: lines },
            [mediaTypes.arrow]: { schema: binary },
          },
        },
        ...refusals,
      },
    },
  }
}

const got = (operationId: string, summary: string, content: Json, also: Json = {}): Json => ({
  get: {
    operationId,
    summary,
    tags: ['server'],
    responses: { 200: { description: summary, content }, ...also },
  },
})

const words = { 'text/plain': { schema: { type: 'string' } } }
const unreadable = { '4XX': problem('A request that is no HTTP.') }
const unready = { 503: problem('Not ready yet, or about to stop.'), ...unreadable }
const locked = { 401: refusals[401] }

/** The document of a server with these models. */
export function openApiOf(models: readonly string[], hasKeys: boolean): Json {
  const open = { security: [] }
  const opened = (path: Json): Json => ({ get: { ...(path.get as Json), ...open } })
  return {
    openapi: '3.1.0',
    info: {
      title: 'betavae serve',
      version: version,
      description: 'Scores, codes, fills and new rows of trained models.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [
      { name: 'models', description: 'What models are asked.' },
      { name: 'server', description: 'How the server stands.' },
    ],
    security: hasKeys ? [{ bearer: [] }, { key: [] }] : [],
    paths: {
      ...Object.fromEntries(
        operations.map((operation) => [
          `/models/{model}/${operation.name}`,
          operationPath(operation, models),
        ]),
      ),
      '/models': got('models', 'The models, and what each takes', jsonOf(ref('Models')), locked),
      '/status': got('status', 'Health, rates, and what drifted', jsonOf(ref('Status')), locked),
      '/metrics': got('metrics', 'The same for Prometheus', words, locked),
      '/health/live': opened(got('live', 'Whether the process answers', words, unreadable)),
      '/health/ready': opened(got('ready', 'Whether every model is open', words, unready)),
    },
    components: {
      schemas: components(),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        key: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
      },
    },
  }
}
