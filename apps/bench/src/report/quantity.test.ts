import { describe, expect, it } from 'vitest'
import { formatBytes, formatNs, formatRatio } from './quantity.js'

describe('formatNs', () => {
  it.each([
    [13.456, '13.5 ns'],
    [999, '999 ns'],
    [1234, '1.23 µs'],
    [2_500_000, '2.5 ms'],
    [3.2e9, '3.2 s'],
    [0, '0 ns'],
    [Number.NaN, '-'],
  ])('says %s as %s', (ns, text) => {
    expect(formatNs(ns)).toBe(text)
  })
})

describe('formatBytes', () => {
  it.each([
    [512, '512 B'],
    [1536, '1.5 KiB'],
    [21_021_416, '20 MiB'],
    [undefined, ''],
  ])('says %s as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text)
  })
})

describe('formatRatio', () => {
  it.each([
    [0.048, '0.048×'],
    [4.123, '4.12×'],
    [107_123, '107,123×'],
  ])('says %s as %s', (ratio, text) => {
    expect(formatRatio(ratio)).toBe(text)
  })
})
