import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { Can as CanQuestion } from '../can/can.js'
import { Can, CanProvider, useCan } from './react.js'

const can: CanQuestion = (action, resource, facts) => {
  if (action === 'docs:Get') return 'yes'
  return facts?.resourceTags || resource === 'b' ? 'no' : 'unknown'
}

const render = (...children: Parameters<typeof createElement>[2][]) =>
  renderToStaticMarkup(createElement(CanProvider, { can }, ...children))

const Button = () => useCan()('docs:Put', 'b')

describe('Can', () => {
  const show = (props: object) =>
    render(createElement(Can, { action: 'docs:Put', resource: 'a', ...props }, 'shown'))

  it('shows its children for yes, and something else for no', () => {
    expect(show({ action: 'docs:Get' })).toBe('shown')
    expect(show({ resource: 'b', otherwise: 'not yours' })).toBe('not yours')
    expect(show({ resource: 'b' })).toBe('')
    expect(show({ facts: { resourceTags: {} } })).toBe('')
  })

  it('shows its children for unknown, since the server decides, unless told otherwise', () => {
    expect(show({})).toBe('shown')
    expect(show({ unknown: 'perhaps' })).toBe('perhaps')
    expect(show({ unknown: null })).toBe('')
  })
})

describe('useCan', () => {
  it('answers for the caller of the provider', () => {
    expect(render(createElement(Button))).toBe('no')
  })

  it('says what is missing outside of a provider', () => {
    expect(() => renderToStaticMarkup(createElement(Button))).toThrow('there is no <CanProvider>')
  })
})
