/**
 * The command line.
 *
 * Shape   `[--koa] [--files] [--shadow] [--once] [--port N] [--data FOLDER] [--help]`.
 * Errors  {@link UsageError} (`ERR_USAGE`) from {@link readArguments}.
 *
 * @module
 */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { UsageError } from './errors.js'

export interface Arguments {
  readonly framework: 'express' | 'koa'
  /** `shadow`: refuse nothing, and report what would have been. */
  readonly mode: 'enforce' | 'shadow'
  /** Where policies come from, and who says who calls. */
  readonly authority: 'control-plane' | 'files'
  /** True: end after the tour. */
  readonly once: boolean
  readonly help: boolean
  /** Absent: 3000, or the next free one. 0: any free one. */
  readonly port?: number
  /** Absolute. */
  readonly data: string
}

export const USAGE = `npm start -- [options]

  --koa           on Koa instead of Express
  --files         policies from files, without a control plane and without the page
  --shadow        refuse nothing, and report what would have been
  --once          end after the tour; exit code 1 if a call was answered unexpectedly
  --port NUMBER   listen here and nowhere else (3000 or the next free port)
  --data FOLDER   keep data here (apps/example/.data)
  --help          show this`

const DEFAULT_DATA = resolve(import.meta.dirname, '../.data')

export function readArguments(args: readonly string[]): Arguments {
  const { koa, files, shadow, once = false, help = false, port, data } = parse(args)
  if (data === '') throw new UsageError('`--data` needs a folder')
  return {
    framework: koa ? 'koa' : 'express',
    authority: files ? 'files' : 'control-plane',
    mode: shadow ? 'shadow' : 'enforce',
    once,
    help,
    data: data === undefined ? DEFAULT_DATA : resolve(data),
    ...(port !== undefined && { port: readPort(port) }),
  }
}

function parse(args: readonly string[]) {
  try {
    const options = {
      koa: { type: 'boolean' },
      files: { type: 'boolean' },
      shadow: { type: 'boolean' },
      once: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
      port: { type: 'string' },
      data: { type: 'string' },
    } as const
    return parseArgs({ args: [...args], options, strict: true }).values
  } catch (cause) {
    throw new UsageError((cause as Error).message, { cause })
  }
}

function readPort(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) {
    throw new UsageError(`\`--port\` needs a number from 0 to 65535, not \`${text}\``)
  }
  return Number(text)
}
