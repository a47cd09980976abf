/**
 * iamkit's own service as an OpenAPI document, made from its table.
 *
 * Errors  None.
 * Source  OpenAPI Specification 3.1.0.
 *
 * @module
 */
import type { ServiceModel, ShapeModel } from '../model.js'
import { iamkit } from './model.js'

type Json = Readonly<Record<string, unknown>>

export function openApi(model: ServiceModel = iamkit): Json {
  const paths: Record<string, Record<string, Json>> = {}
  for (const [name, [input, output, http = '']] of Object.entries(model.operations)) {
    const [method = '', path = '', status = '200'] = http.split(' ')
    paths[path] = {
      ...paths[path],
      [method.toLowerCase()]: operationOf(name, { model, input, output, status }),
    }
  }
  const shapes = Object.keys(model.shapes).filter((name) => bodyOf(model, name) !== undefined)
  return {
    openapi: '3.1.0',
    info: {
      title: 'iamkit',
      version: model.version,
      description: "iamkit's own service: decisions, policies and resources for apps.",
    },
    paths,
    components: {
      schemas: {
        ...Object.fromEntries(shapes.map((name) => [name, bodyOf(model, name)])),
        Error: {
          type: 'object',
          required: ['message'],
          properties: { message: { type: 'string' } },
        },
      },
      securitySchemes: {
        signature: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description: 'AWS Signature Version 4, for the service `iamkit`.',
        },
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      },
    },
    security: [{ signature: [] }, { bearer: [] }],
  }
}

interface Parts {
  readonly model: ServiceModel
  readonly input: string
  readonly output: string
  readonly status: string
}

function operationOf(name: string, { model, input, output, status }: Parts): Json {
  const parameters = parametersOf(model.shapes[input] ?? {})
  const body = input !== '' && bodyOf(model, input)
  return {
    operationId: name,
    ...(model.unsigned?.includes(name) && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, content: content(reference(input)) } }),
    responses: {
      [status]: { description: 'Done.', ...answerOf(model, output) },
      default: {
        description: 'Refused; the header `x-amzn-errortype` has the code.',
        content: content(reference('Error')),
      },
    },
  }
}

function answerOf(model: ServiceModel, output: string): Json {
  const members = Object.entries(model.shapes[output] ?? {})
  const payload = members.find(([, text]) => text.includes(' payload'))
  if (payload?.[1].startsWith('blob')) {
    return { content: { 'text/event-stream': { schema: { type: 'string' } } } }
  }
  if (payload) return { content: content({ type: 'object' }) }
  return { content: content(bodyOf(model, output) ? reference(output) : { type: 'object' }) }
}

function parametersOf(shape: ShapeModel): readonly Json[] {
  return Object.entries(shape).flatMap(([name, text]) => {
    const [type = '', ...traits] = text.split(' ')
    const [place, placeName = name] = traits.join(' ').split(':')
    if (!place || !['path', 'query', 'header'].includes(place)) return []
    return [
      {
        name: place === 'path' ? name : placeName,
        in: place,
        required: type.endsWith('!'),
        schema: schemaOf(type.replace('!', '')),
      },
    ]
  })
}

/** What of a structure stands in a body; undefined where nothing does. */
function bodyOf(model: ServiceModel, name: string): Json | undefined {
  const members = Object.entries(model.shapes[name] ?? {}).filter(
    ([, text]) => !/ (?:path|query|header|payload|status)\b/.test(text),
  )
  if (members.length === 0) return undefined
  const types = members.map(([member, text]) => [member, text.split(' ')[0] ?? ''] as const)
  const required = types.filter(([, type]) => type.endsWith('!')).map(([member]) => member)
  return {
    type: 'object',
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(
      types.map(([member, type]) => [member, schemaOf(type.replace('!', ''))]),
    ),
  }
}

function schemaOf(type: string): Json {
  if (type.startsWith('[')) return { type: 'array', items: schemaOf(type.slice(1, -1)) }
  if (type.startsWith('{')) {
    return { type: 'object', additionalProperties: schemaOf(type.slice(1, -1)) }
  }
  if (type === 'document') return {}
  if (type === 'date-time') return { type: 'string', format: 'date-time' }
  if (['string', 'number', 'boolean'].includes(type)) return { type }
  return reference(type)
}

function reference(name: string): Json {
  return { $ref: `#/components/schemas/${name}` }
}

function content(schema: Json): Json {
  return { 'application/json': { schema } }
}
