import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readEvents, type StreamEvent } from './event-stream.js'

async function read(...chunks: readonly (string | Uint8Array)[]): Promise<StreamEvent[]> {
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) {
        controller.enqueue(typeof chunk === 'string' ? encoder.encode(chunk) : chunk)
      }
      controller.close()
    },
  })
  const events: StreamEvent[] = []
  for await (const event of readEvents(body)) events.push(event)
  return events
}

describe('readEvents', () => {
  it('reads events, of more than one line and with every kind of line end', async () => {
    expect(await read('id: 7\r\nevent: change\r\ndata: a\rdata:b\n\n', 'data: c\n\n')).toEqual([
      { type: 'change', data: 'a\nb', id: '7' },
      { type: 'message', data: 'c', id: undefined },
    ])
  })

  it('tells comments, and leaves out events without data and fields that it does not know', async () => {
    expect(await read(': alive\n\nevent: x\n\nretry: 5\ndata: y\n\n')).toEqual([
      { type: 'comment', data: ' alive', id: undefined },
      { type: 'message', data: 'y', id: undefined },
    ])
  })

  it('forgets an event that was cut off', async () => {
    expect(await read('data: whole\n\ndata: half\n')).toEqual([
      { type: 'message', data: 'whole', id: undefined },
    ])
  })

  it('reads the same however the bytes are cut, for every cut', async () => {
    const bytes = new TextEncoder().encode(
      'event: änderung\r\ndata: {"ü":1}\r\n\r\n: c\r\ndata: z\n\n',
    )
    const whole = await read(bytes)
    expect(whole).toHaveLength(3)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: bytes.length })), async (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), bytes.length]
        const chunks = places.slice(1).map((end, i) => bytes.slice(places[i], end))
        expect(await read(...chunks)).toEqual(whole)
      }),
    )
  })

  it('refuses an event that is too long', async () => {
    const line = `data: ${'x'.repeat(1024 * 1024)}\n`
    await expect(read(...Array.from({ length: 17 }, () => line))).rejects.toMatchObject({
      code: 'ERR_SNAPSHOT_INVALID',
    })
  })
})
