/**
 * pbac: AWS-like policies as they are, but for lists where AWS also takes one text.
 *
 * Errors  None.
 * Source  The package's documentation.
 *
 * @module
 */
import type { PolicyDocument } from '@iamkit/core'
import PBAC from 'pbac'
import type { Engine } from '../../../src/engines/engine.js'
import type { Question } from '../../../src/workloads/scenario.js'
import { joinLayers, layersOf, mapLayers } from '../translate/layers.js'

interface PbacRequest {
  readonly action: string
  readonly resource: string
  readonly context: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

export const pbac: Engine = {
  name: 'pbac',
  kind: 'peer',
  speaksIam: true,
  prepare({ documents }) {
    const layers = mapLayers(layersOf(documents), (policies) => policies.map(withLists))
    return () => {
      const deciders = mapLayers(layers, (policies) => {
        const engine = new PBAC(policies, VALID)
        return (request: PbacRequest) => engine.evaluate(request)
      })
      return { requestFor, decide: joinLayers(deciders) }
    }
  },
}

/** The policies are known to be valid: their schema need not be asked again. */
const VALID = { validateSchema: false, validatePolicies: false }

function withLists({ Version = '2012-10-17', Statement }: PolicyDocument) {
  return {
    Version,
    Statement: [Statement].flat().map(({ Action, Resource, ...statement }) => ({
      ...statement,
      ...(Action !== undefined && { Action: [Action].flat() }),
      ...(Resource !== undefined && { Resource: [Resource].flat() }),
    })),
  }
}

/** `aws:SourceIp` is looked up as `SourceIp` of `aws`. */
function requestFor({ action, resource, context }: Question): PbacRequest {
  const groups: Record<string, Record<string, unknown>> = {}
  for (const [key, value] of Object.entries(context)) {
    const [prefix = '', name = ''] = key.split(':')
    groups[prefix] = { ...groups[prefix], [name]: value }
  }
  return { action, resource, context: groups }
}
