import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { defineConfig } from 'vitepress'

const root = resolve(import.meta.dirname, '../..')

/** The pages of a folder, by their first heading. */
function pagesIn(folder: string): { text: string; link: string }[] {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => {
      const [, text = name] = /^# (.+)$/m.exec(readFileSync(join(root, folder, name), 'utf8')) ?? []
      return { text, link: `/${folder}/${name.replace(/(README|index)?\.md$/, '')}` }
    })
}

const packages = readdirSync(join(root, 'packages'))
  .filter((name) => name !== 'node_modules')
  .map((name) => ({ text: `@iamkit/${name}`, link: `/packages/${name}/README` }))

/** The pages of the repository as a site: what reads well there reads the same here. */
export default defineConfig({
  title: 'iamkit',
  description: 'AWS IAM for your own app: decide, explain, guard.',
  srcDir: '..',
  srcExclude: [
    '**/node_modules/**',
    '.changeset/**',
    '.vitest/**',
    '**/dist/**',
    'apps/bench/peers/**',
  ],
  rewrites: { 'README.md': 'index.md' },
  outDir: './.vitepress/dist',
  cleanUrls: true,
  // Files and folders that are no pages; a test of the repository sees that they are there.
  ignoreDeadLinks: [/\/LICENSE$/, /\/decisions$/, /\/apps\/[a-z]+$/],
  markdown: { html: false },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Start', link: '/docs/start' },
      { text: 'Guides', link: '/docs/guides/express' },
      { text: 'Reference', link: '/docs/reference/README' },
    ],
    sidebar: [
      { text: 'Start', items: [{ text: 'Five minutes', link: '/docs/start' }] },
      { text: 'Concepts', items: pagesIn('docs/concepts') },
      { text: 'Guides', items: pagesIn('docs/guides') },
      { text: 'Packages', items: packages },
      { text: 'Compatibility with AWS', link: '/docs/compatibility' },
      { text: 'Decisions', collapsed: true, items: pagesIn('docs/decisions') },
    ],
  },
})
