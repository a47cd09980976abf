/**
 * ArnEquals and ArnLike: component by component, so that a wildcard never leaves its component.
 *
 * Errors  None.
 * Source  Specification 2.8.
 *
 * @module
 */
import { splitArn, splitArnPattern } from '../arn/arn-split.js'
import { compileGlob, type GlobToken, matchGlob } from '../glob/glob.js'
import type { PolicyVersion } from '../policy/document.js'
import {
  isConstant,
  parseTemplate,
  resolveTemplate,
  type TemplateToken,
  variableEnd,
} from '../policy/variable.js'
import { anyHit, type Hits } from './hit.js'

export function arnHits(values: readonly string[], version: PolicyVersion): Hits {
  return anyHit(values.flatMap((value) => oneArnHits(value, version) ?? []))
}

/** Undefined for an ARN that can never be hit. */
function oneArnHits(value: string, version: PolicyVersion): Hits | undefined {
  const templates = splitArnPattern(value, version === '2012-10-17' ? variableEnd : undefined).map(
    (part) => parseTemplate(part, { version, wildcards: true }),
  )
  if (templates.length < 6 || templates.some((template) => template.fault)) return undefined
  const parts = templates.map(({ tokens }) => tokens)
  return parts.every(isConstant) ? constantHits(parts) : variableHits(parts)
}

function constantHits(parts: readonly (readonly GlobToken[])[]): Hits {
  const tests = parts.map(compileGlob)
  return (had) => arnComponents(had)?.every((text, i) => tests[i]?.(text)) ?? false
}

function variableHits(parts: readonly (readonly TemplateToken[])[]): Hits {
  return (had, context) =>
    arnComponents(had)?.every((text, i) => {
      const wanted = resolveTemplate(parts[i] ?? [], context)
      return wanted !== undefined && matchGlob(wanted, text)
    }) ?? false
}

/** Undefined for a text that is no ARN: no pattern hits it, however wide. */
function arnComponents(text: string): readonly string[] | undefined {
  return text.startsWith('arn:') ? splitArn(text) : undefined
}
