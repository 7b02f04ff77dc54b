import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { settings, variableName } from '../cli/config/settings.ts'
import { ERROR_CODES } from '../cli/core/error.ts'

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

  it('name every setting', () => {
    const config = read('docs/config.md')
    for (const setting of settings()) {
      expect(config).toContain(setting.onlyOff ? `--no-${setting.name}` : `--${setting.name}`)
      expect(variableName(setting)).toMatch(/^FARGATE_LOGIN_[A-Z_]+$/)
    }
  })

  it.each(pages)('%s links only to what is there', (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target]) => target ?? '')
    for (const link of links)
      expect(() => readFileSync(join(dirname(page), link)), link).not.toThrow(/ENOENT/)
  })
})
