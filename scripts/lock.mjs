/**
 * Reads pnpm-lock.yaml for what must not stand in it: a lock file names versions and hashes, never an address.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const ADDRESS = /[a-z][a-z+.-]*:\/\/|\btarball:|\bgit@[\w.-]+\.[a-z]+:/i

/**
 * Finds the lines of a lock file that hold an address, as `line: text`.
 *
 * @param {string} text
 */
export function findAddresses(text) {
  return text
    .split('\n')
    .map((line, index) => `${index + 1}: ${line.trim()}`)
    .filter((line) => ADDRESS.test(line))
}

/** @param {string} path */
function main(path) {
  const found = findAddresses(readFileSync(path, 'utf8'))
  for (const line of found) console.error(`${path}:${line}`)
  if (found.length > 0) process.exitCode = 1
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main('pnpm-lock.yaml')
