/**
 * Server-sent events, read as they come.
 *
 * Shape   an event that was cut off is not given out. Comments are told too: they say that the line is alive.
 * Units   an event has at most 16 Mi characters.
 * Errors  {@link SnapshotError} (`ERR_SNAPSHOT_INVALID`): an event is too long.
 * Source  HTML standard, "Server-sent events", 9.2.6.
 *
 * @module
 */
import { SnapshotError } from '../errors.js'

export interface StreamEvent {
  /** `comment` for a line that only says that the stream is alive. */
  readonly type: string
  readonly data: string
  readonly id: string | undefined
}

const LONGEST_EVENT = 16 * 1024 * 1024

export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncIterable<StreamEvent> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  let draft = emptyDraft()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      const text = rest + decoder.decode(value, { stream: true })
      // A carriage return that ends a chunk may be half of a line's end.
      const whole = text.endsWith('\r') ? text.slice(0, -1) : text
      const lines = whole.split(/\r\n|\r|\n/)
      rest = `${lines.pop() ?? ''}${text.slice(whole.length)}`
      for (const line of lines) {
        const event = line === '' ? finish(draft) : take(draft, line)
        if (line === '') draft = emptyDraft()
        if (event) yield event
      }
      if (rest.length + draft.length > LONGEST_EVENT)
        throw new SnapshotError('an event is too long')
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

interface Draft {
  type: string
  data: string[]
  id: string | undefined
  length: number
}

function emptyDraft(): Draft {
  return { type: 'message', data: [], id: undefined, length: 0 }
}

function finish({ type, data, id }: Draft): StreamEvent | undefined {
  return data.length === 0 ? undefined : { type, data: data.join('\n'), id }
}

function take(draft: Draft, line: string): StreamEvent | undefined {
  const colon = line.indexOf(':')
  if (colon === 0) return { type: 'comment', data: line.slice(1), id: undefined }
  const field = colon < 0 ? line : line.slice(0, colon)
  const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
  draft.length += line.length
  if (field === 'event') draft.type = value
  else if (field === 'data') draft.data.push(value)
  else if (field === 'id') draft.id = value
  return undefined
}
