import { describe, expect, it } from 'vitest'
import { maskPassword, parseDatabaseUrl } from '../../../cli/core/forward/database-url.ts'

const LOCAL = { host: '127.0.0.1', port: 40123 }

describe('a database URL', () => {
  it.each([
    [
      'postgres://app:s3cret@db.internal/app',
      'db.internal:5432',
      'postgres://app:s3cret@127.0.0.1:40123/app',
    ],
    ['postgresql://db:6000', 'db:6000', 'postgresql://127.0.0.1:40123'],
    ['mysql2://u:p%40ss@db/app?ssl=1', 'db:3306', 'mysql2://u:p%40ss@127.0.0.1:40123/app?ssl=1'],
    ['redis://:pw@cache:6380/0', 'cache:6380', 'redis://:pw@127.0.0.1:40123/0'],
    ['postgres://u:p@[fd00::5]:5433/x', 'fd00::5:5433', 'postgres://u:p@127.0.0.1:40123/x'],
    ['postgres://u:p@ss@db/x', 'db:5432', 'postgres://u:p@ss@127.0.0.1:40123/x'],
  ])('%s leads to %s', (text, to, local) => {
    const url = parseDatabaseUrl(text)
    if (typeof url === 'string') throw new Error(url)
    expect(url.to).toEqual({ host: to.replace(/:\d+$/, ''), port: Number(/\d+$/.exec(to)?.[0]) })
    expect(url.at(LOCAL)).toBe(local)
  })

  it.each([
    ['', 'it is not a URL'],
    ['db.internal:5432', 'it is not a URL'],
    ['postgres:///app?host=/run/postgresql', 'it names no host'],
    ['mongodb://a:1,b:2/app', 'it names several hosts, or an unusual one'],
    ['foo://db/app', 'it names no port, and foo has no usual one'],
    ['postgres://db:99999/app', 'it names no port, and postgres has no usual one'],
  ])('%j is refused: %s', (text, reason) => {
    expect(parseDatabaseUrl(text)).toBe(reason)
  })

  it.each([
    ['postgres://app:s3cret@h:1/app', 'postgres://app:***@h:1/app'],
    ['redis://:pw@h:1/0', 'redis://:***@h:1/0'],
    ['postgres://u:p@ss@h:1/x', 'postgres://u:***@h:1/x'],
    ['postgres://u@h:1/x', 'postgres://u@h:1/x'],
  ])('%s is shown as %s', (url, shown) => {
    expect(maskPassword(url)).toBe(shown)
  })
})
