/**
 * A service's own condition keys, described as the global ones are.
 *
 * Shape   {@link ownKeys} gives one `ContextKeyInfo` a key, in the order of the definition.
 * Errors  None: the definition is checked.
 * Source  Specification 4.3.
 *
 * @module
 */
import { type ContextKeyInfo, keyInfo } from '../policy/context-key.js'
import type { ServiceDefinition } from './definition.js'

export function ownKeys({ conditionKeys = {} }: ServiceDefinition): readonly ContextKeyInfo[] {
  return Object.entries(conditionKeys).map(([key, value]) => {
    if (typeof value === 'string') return keyInfo(key, value)
    return keyInfo(key, value.multivalued ? `${value.type} list` : value.type)
  })
}
