import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { settings } from '../cli/config/named-settings.ts'
import { ERROR_CODES } from '../cli/core/error.ts'
import { settingsTables } from './helpers/settings-tables.ts'

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'sshd-image/README.md',
  ...readdirSync('docs').map((name) => `docs/${name}`),
]

function read(path: string): string {
  return readFileSync(path, 'utf8')
}

describe('the docs', () => {
  it('have a section for every error code, in the part of its exit status', () => {
    const [, usage = '', rest = ''] = read('docs/errors.md').split(/^## .*$/m)
    for (const [code, status] of Object.entries(ERROR_CODES)) {
      expect(status === 2 ? usage : rest).toContain(`### ${code}\n`)
    }
    expect(read('docs/errors.md').match(/^### /gm)).toHaveLength(Object.keys(ERROR_CODES).length)
  })

  it('show the table of settings (npx vitest run test/docs.test.ts -u writes it)', async () => {
    const page = read('docs/config.md').replace(
      /(?<=<!-- settings.*-->\n).*(?=<!-- \/settings -->)/s,
      () => `\n${settingsTables()}\n`,
    )
    expect(page).toContain(settingsTables())
    await expect(page).toMatchFileSnapshot('../docs/config.md')
    const local = settings.filter(({ row }) => 'countsLocally' in row).map(({ name }) => `\`${name}\``)
    for (const name of local) expect(page.split('## `--local`')[1]).toContain(name)
  })

  it('link each claim of docs/compare.md to a test', () => {
    const rows = read('docs/compare.md')
      .split('\n')
      .filter((line) => /^\| (?!\|)/.test(line))
    const claims = rows.map((row) => row.split(' | ').at(-1)?.replace(/ \|$/, '') ?? '')
    expect(claims.length).toBeGreaterThan(25)
    for (const claim of claims.filter((text) => !/^(no\b|here$|fargate-login$|measured)/.test(text)))
      expect(claim).toMatch(/^\[[^\]]+\]\(\.\.\/test\/[\w./-]+\.test\.ts\)/)
  })

  it.each(pages)('%s links only to what is there', (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target]) => target ?? '')
    for (const link of links)
      expect(() => readFileSync(join(dirname(page), link)), link).not.toThrow(/ENOENT/)
  })
})
