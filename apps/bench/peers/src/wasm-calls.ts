/**
 * Keeps V8 11.3, which is Node 20's, from inlining calls into WebAssembly: where it undoes such code it may
 * end the process. Everything that loads Cedar imports this first.
 *
 * Errors  None.
 *
 * @module
 */
import { setFlagsFromString } from 'node:v8'

setFlagsFromString('--no-turbo-inline-js-wasm-calls')
