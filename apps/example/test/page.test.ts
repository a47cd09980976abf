/** The whole example in a browser: a control plane, the app that decides by its policies, and the page. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { DeleteRolePolicyCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chromiumPath, startChromium } from './chromium.js'
import { type Example, startExample } from './example.js'

const root = resolve(import.meta.dirname, '../../..')
/** With `SCREENSHOTS=docs` those of the documentation are made anew. */
const folder = join(root, process.env.SCREENSHOTS === 'docs' ? 'docs/images' : '.vitest/images')
const data = mkdtempSync(join(tmpdir(), 'iamkit-page-'))
const WIDE = { width: 1000, height: 700 }
const NARROW = { width: 390, height: 760 }

if (!chromiumPath) console.warn('the page was NOT tested: no Chromium (see CHROMIUM_PATH)')

describe.skipIf(!chromiumPath)('the page in Chromium', () => {
  let example: Example
  let browser: Browser
  let page: Page
  const faults: string[] = []
  const strangers: string[] = []

  beforeAll(async () => {
    mkdirSync(folder, { recursive: true })
    example = await startExample({ authority: 'control-plane', page: true, data })
    browser = await startChromium()
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    await example?.close()
    rmSync(data, { recursive: true })
  }, 60_000)
  beforeEach(async () => {
    await page?.close()
    page = await browser.newPage({ viewport: WIDE })
    page.setDefaultTimeout(30_000)
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('request', (request) => {
      if (!request.url().startsWith(`${example.url}/`)) strangers.push(request.url())
    })
    await page.goto(example.url)
  }, 60_000)

  const button = (name: string | RegExp) => page.getByRole('button', { name })
  const alert = () => page.getByRole('alert')
  const shoot = (name: string) =>
    page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
  const signIn = (name: string) => button(new RegExp(`^${name}`, 'i')).click()
  async function open(name: string, folderName: string) {
    await signIn(name)
    await button(folderName).click()
    await page.getByRole('heading', { name: folderName }).waitFor()
  }
  const titles = () => page.locator('.documents > li strong').allTextContents()

  it('lets a person sign in, and shows who that is', async () => {
    expect(await page.getByRole('listitem').count()).toBe(7)
    await shoot('example-people')
    await signIn('mona')
    const who = page.getByRole('banner')
    await expect.poll(() => who.textContent()).toContain('mona, author of acme')
    expect(await who.locator('code').allTextContents()).toEqual([
      'clearance=secret',
      'team=engineering',
    ])
  }, 90_000)

  it('lists what the filter lets through, and no more', async () => {
    await open('ada', 'roadmap')
    await button('Open Plan for the year').waitFor()
    expect(await titles()).toEqual(['Plan for the year'])
    expect(await page.getByText('kept in the control plane’s registry').count()).toBe(1)
    expect(await button(/ledger/).count()).toBe(0)
    await button('Sign out').click()
    await open('mona', 'roadmap')
    await button('Open The acquisition').waitFor()
    expect(await titles()).toEqual(['The acquisition', 'Plan for the year'])
  }, 90_000)

  it('creates a document by its tags, and says which tag keeps it from that', async () => {
    await open('ada', 'roadmap')
    await page.getByLabel('Title').fill('Launch')
    await page.getByLabel('Tag team').selectOption('finance')
    await page.getByLabel('One more tag').fill('mood=good')
    expect(await button(/Create/).getAttribute('data-can')).toBe('no')
    await button(/Create/).click()
    await alert().waitFor()
    expect(await alert().locator('figcaption').allInnerTexts()).toEqual([
      'CreateDocumentForOwnTeam in team would allow it, but:',
    ])
    expect(await alert().locator('tbody tr').allInnerTexts()).toEqual([
      'aws:RequestTag/team\tfinance\tStringEquals engineering',
      'aws:TagKeys\tteam, mood\tForAllValues:StringEquals team, project, stage, classification',
    ])
    await shoot('example-denied')

    await page.getByLabel('Tag team').selectOption('engineering')
    await page.getByLabel('One more tag').fill('stage=draft')
    expect(await button(/Create/).getAttribute('data-can')).toBe('yes')
    await button(/Create/).click()
    await button('Open Launch').waitFor()
    expect(await alert().count()).toBe(0)
    await shoot('example-folder')
    await button('Delete Launch').click()
    await button('Open Launch').waitFor({ state: 'detached' })
  }, 120_000)

  it('refuses to retag what only reviewers classify, and names the statement, key and value', async () => {
    await open('ada', 'roadmap')
    await button('Tag Plan for the year').click()
    expect(await button(/Set the tag/).getAttribute('data-can')).toBe('no')
    await button(/Set the tag/).click()
    await alert().waitFor()
    expect(await alert().locator('figcaption').allInnerTexts()).toEqual([
      'OnlyReviewersClassify in classification denies it:',
    ])
    expect(await alert().locator('tbody tr').allInnerTexts()).toEqual([
      'aws:TagKeys\tclassification\tForAnyValue:StringEqualsIgnoreCase classification',
      'aws:PrincipalArn\tarn:aws:iam::111122223333:role/author\tArnNotEquals arn:aws:iam::111122223333:role/reviewer',
    ])
    await shoot('example-retag')
    await page.getByLabel('Key').fill('stage')
    await page.getByLabel('Value').fill('final')
    await button(/Set the tag/).click()
    await page.getByText('stage=final').waitFor()
  }, 90_000)

  it('opens what the list leaves out only to explain why not', async () => {
    await open('ada', 'roadmap')
    await page.getByLabel(/listed or not/).fill('acquisition')
    await button('Open it').click()
    await alert().waitFor()
    expect(await alert().textContent()).toContain(
      'SecretNeedsClearance in classification denies it:',
    )
    expect(await page.getByText('We buy Initech').count()).toBe(0)
  }, 90_000)

  it('opens the folder that another account shares, and no other', async () => {
    await page.setViewportSize(NARROW)
    await open('gina', 'partners')
    await button(/^Open Welcome, Globex/).click()
    await page.getByText('What we build together.').waitFor()
    expect(await button(/^Open Welcome, Globex/).getAttribute('data-can')).toBe('unknown')
    expect(await button(/^Delete Welcome, Globex/).getAttribute('data-can')).toBe('no')
    await shoot('example-shared')
    await button(/List all/).click()
    await alert().waitFor()
    expect(await alert().textContent()).toContain(
      'Not authorized to perform docs:ListFolders on this resource',
    )
    await button('Sign out').click()
    await open('gus', 'partners').catch(() => {})
    await alert().waitFor()
    expect(await alert().textContent()).toContain(
      'Not authorized to perform docs:ListDocuments on this resource',
    )
  }, 120_000)

  it('shows what a person may do as soon as it changes, without another sign-in', async () => {
    await open('ada', 'roadmap')
    const can = () => button(/^Delete Plan/).getAttribute('data-can')
    const soon = { timeout: 30_000 }
    await expect.poll(can, soon).toBe('yes')
    const endpoint = /http:\S+\d/.exec(example.notes.join())?.[0] ?? ''
    const { acme } = JSON.parse(readFileSync(join(data, 'control-plane/keys.json'), 'utf8'))
    const iam = new IAMClient({ endpoint, region: 'us-east-1', credentials: acme })
    const policy = { RoleName: 'author', PolicyName: 'no-deletion' }
    const PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Deny', Action: 'docs:DeleteDocument', Resource: '*' },
    })
    await iam.send(new PutRolePolicyCommand({ ...policy, PolicyDocument }))
    await expect.poll(can, soon).toBe('no')
    await iam.send(new DeleteRolePolicyCommand(policy))
    await expect.poll(can, soon).toBe('yes')
  }, 120_000)

  it('fits a narrow screen, and asks nobody but its own app', async () => {
    await page.setViewportSize(NARROW)
    await open('ada', 'roadmap')
    await button('Open Plan for the year').waitFor()
    const widths = await page.evaluate(
      '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
    )
    expect(widths).toEqual([390, 390])
    expect({ faults, strangers }).toEqual({ faults: [], strangers: [] })
  }, 90_000)
})
