import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import AxeBuilder from '@axe-core/playwright'
import { type Browser, chromium, type Page } from 'playwright-core'

/**
 * Chromium from npm on a bare machine: unpacked into a private folder with the system libraries that it carries, which are
 * for the browser alone.
 */
export async function launchBrowser(): Promise<Browser> {
  const folder = resolve('node_modules/.cache', `chromium-153.0.0-${process.getuid?.() ?? 0}`)
  if (!existsSync(folder)) await unpackInto(folder)
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    args: ['--no-sandbox', '--use-angle=swiftshader', '--font-render-hinting=none'],
    env: { ...process.env, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_FILE: join(folder, 'fonts.conf') } as Record<
      string,
      string
    >,
  })
}

/** Several start at once on a machine that is new: each unpacks apart, and whoever is first puts it in its place whole. */
async function unpackInto(folder: string): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true })
  const apart = mkdtempSync(`${folder}-`)
  try {
    await unpack(apart)
    writeFileSync(join(apart, 'fonts.conf'), fontSettings(folder))
    renameSync(apart, folder)
  } catch (error) {
    rmSync(apart, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
}

/** The package unpacks into the temporary folder, and takes whatever lies there: so it gets one of its own. */
async function unpack(folder: string): Promise<void> {
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = folder
  try {
    const { default: sparticuz, inflate } = await import('@sparticuz/chromium')
    await sparticuz.executablePath()
    // The entry point lies in build/, the archives in bin/.
    await inflate(fileURLToPath(new URL('../bin/al2023.tar.br', import.meta.resolve('@sparticuz/chromium'))))
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
}

/** The settings that come with the fonts name folders of another machine; without any font, form fields end the browser. */
const fontSettings = (folder: string): string =>
  `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${join(folder, 'fonts')}</dir><cachedir>${join(folder, 'fonts-cache')}</cachedir></fontconfig>`

export interface Visit {
  page: Page
  /** What went wrong in the page without anybody asking: errors, refused styles and scripts. */
  complaints: string[]
  close(): Promise<void>
}

export interface VisitOptions {
  locale: 'zh-CN' | 'en'
  width?: number
  height?: number
  colorScheme?: 'light' | 'dark'
  /** A browser that knows nothing of the content security policy. */
  withoutPolicy?: boolean
}

/** Runs in the page: what the content security policy refuses becomes an error of the console. Text, because the bench has no DOM. */
const tellRefusals = `document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber, sample }) =>
  console.error('policy: ' + violatedDirective + ' refused ' + blockedURI + ' ' + sourceFile + ':' + lineNumber + ' ' + sample))`

/** A fresh visitor. */
export async function visit(
  browser: Browser,
  baseURL: string,
  { locale, width = 1440, height = 980, colorScheme = 'light', withoutPolicy = false }: VisitOptions,
): Promise<Visit> {
  const context = await browser.newContext({
    baseURL,
    locale,
    colorScheme,
    viewport: { width, height },
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    bypassCSP: withoutPolicy,
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
  page.on('console', (message) => {
    // A refused sign-in is an answer, and the browser writes a line for each of those.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) complaints.push(message.text())
  })
  await page.addInitScript({ content: tellRefusals })
  return { page, complaints, close: () => context.close() }
}

const standard = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What axe finds against WCAG 2.2 AA on the page as it is now, one line each; of its colours alone where nothing else can have changed. */
export async function accessibilityFaults(page: Page, what: 'everything' | 'colours' = 'everything'): Promise<string[]> {
  const axe = new AxeBuilder({ page })
  const { violations } = await (what === 'colours'
    ? axe.withRules(['color-contrast', 'link-in-text-block'])
    : axe.withTags(standard)
  ).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
  )
}
