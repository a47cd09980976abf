import { describe, expect, it } from 'vitest'
import { xmlText } from './xml.js'

describe('xmlText', () => {
  it.each([
    ['a<b>&"c\'', 'a&lt;b&gt;&amp;&quot;c&apos;'],
    ['a\r\nb\u0085c\u2028d\te', 'a&#xD;\nb&#x85;c&#x2028;d\te'],
    ['a\u0000b\u001fc\ud800d\ufffee', 'a\ufffdb\ufffdc\ufffdd\ufffde'],
    ['smile 😀', 'smile 😀'],
  ])('writes %j as %j', (text, xml) => {
    expect(xmlText(text)).toBe(xml)
  })
})
