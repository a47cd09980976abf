import { isAbsolute, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readArguments } from './arguments.js'

describe('readArguments', () => {
  it('has an answer for nothing at all', () => {
    const { data, ...rest } = readArguments([])
    expect(rest).toEqual({
      framework: 'express',
      authority: 'control-plane',
      mode: 'enforce',
      once: false,
      help: false,
    })
    expect(isAbsolute(data)).toBe(true)
    expect(data.endsWith('example/.data')).toBe(true)
  })

  it('reads every option', () => {
    expect(
      readArguments(['--koa', '--files', '--shadow', '--once', '--port', '0', '--data', 'x', '-h']),
    ).toEqual({
      framework: 'koa',
      authority: 'files',
      mode: 'shadow',
      once: true,
      help: true,
      port: 0,
      data: resolve('x'),
    })
  })

  it.each([
    [['--port', 'x'], '`--port` needs a number from 0 to 65535, not `x`'],
    [['--port', '65536'], '`--port` needs a number from 0 to 65535, not `65536`'],
    [['--port', ''], '`--port` needs a number from 0 to 65535, not ``'],
    [['--data='], '`--data` needs a folder'],
    [['--prot', '1'], "Unknown option '--prot'"],
    [['start'], "Unexpected argument 'start'"],
  ])('refuses %j', (args, message) => {
    expect(() => readArguments(args)).toThrow(
      expect.objectContaining({ code: 'ERR_USAGE', message: expect.stringContaining(message) }),
    )
  })
})
