/**
 * What a Markdown page holds for a machine: blocks of code, links and headings.
 *
 * Shape   fenced blocks only. A block is called a file by its first line, `// file: iam.ts`, or, where its language
 *         has no comments, by the line before it: `` `policies/read.json`: ``.
 * Units   lines count from 1.
 *
 * @module
 */

/**
 * @typedef {{ readonly language: string, readonly code: string, readonly line: number, readonly file?: string }} Block
 *   `line` is that of the first line of code.
 */

const FENCE = /^( *)(`{3,})\s*([^`\s]*)[^`]*$/
const FILE_COMMENT = /^\/\/ file: (\S+)$/
const FILE_LINE = /`([\w./-]+\.\w+)`:$/

/**
 * Reads the fenced blocks of a page, in its order.
 *
 * @param {string} markdown
 * @returns {readonly Block[]}
 */
export function readBlocks(markdown) {
  const lines = markdown.split('\n')
  /** @type {Block[]} */
  const blocks = []
  let before = ''
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    const fence = FENCE.exec(line)
    if (!fence) {
      if (line.trim() !== '') before = line
      continue
    }
    const [, indent = '', ticks = '', language = ''] = fence
    const end = lines.findIndex((other, i) => i > at && other.trim() === ticks)
    if (end < 0) throw new Error(`line ${at + 1}: a block of code that nothing closes`)
    const code = lines
      .slice(at + 1, end)
      .map((one) => one.slice(Math.min(indent.length, one.search(/\S|$/))))
    const [, file] = FILE_COMMENT.exec(code[0] ?? '') ?? FILE_LINE.exec(before) ?? []
    blocks.push({ language, code: code.join('\n'), line: at + 2, ...(file && { file }) })
    before = ''
    at = end
  }
  return blocks
}

/**
 * The targets of a page's links, as they are written. Code is no link.
 *
 * @param {string} markdown
 */
export function findLinks(markdown) {
  const prose = withoutBlocks(markdown).replace(/`[^`\n]*`/g, '')
  return [...prose.matchAll(/\]\(<?([^)\s>]+)>?\)|^\[[^\]]+\]: (\S+)$/gm)].map(
    ([, inline, reference]) => inline ?? reference ?? '',
  )
}

/**
 * The anchors that a page's headings can be reached by, as GitHub makes them.
 *
 * @param {string} markdown
 */
export function findAnchors(markdown) {
  const headings = withoutBlocks(markdown).matchAll(/^#{1,6} +(.+?)\s*$/gm)
  return new Set(
    Array.from(headings, ([, title = '']) =>
      title
        .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}_ -]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )
}

/** @param {string} markdown */
function withoutBlocks(markdown) {
  return markdown.replace(/^( *)(`{3,})[^`\n]*\n[\s\S]*?\n\1\2 *$/gm, '')
}
