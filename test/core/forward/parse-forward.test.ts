import { describe, expect, it } from 'vitest'
import { forwardText } from '../../../cli/core/forward/forward.ts'
import { parseForward } from '../../../cli/core/forward/parse-forward.ts'

const GOOD: readonly (readonly ['local' | 'remote' | 'dynamic', string, string])[] = [
  ['local', '5432:db.internal:5432', 'localhost:5432 -> db.internal:5432 (from the task)'],
  ['local', '0:db:5432', 'localhost:0 -> db:5432 (from the task)'],
  ['local', '127.0.0.2:80:db:81', '127.0.0.2:80 -> db:81 (from the task)'],
  ['local', '80:10:81', 'localhost:80 -> 10:81 (from the task)'],
  ['local', '*:80:db:81', '*:80 -> db:81 (from the task)'],
  ['local', ':80:db:81', '*:80 -> db:81 (from the task)'],
  ['local', '[::1]:80:[fe80::1]:81', '[::1]:80 -> [fe80::1]:81 (from the task)'],
  ['local', '/tmp/a.sock:db:81', '/tmp/a.sock -> db:81 (from the task)'],
  ['local', '80:/run/b.sock', 'localhost:80 -> /run/b.sock (from the task)'],
  ['local', 'localhost:80:/run/b.sock', 'localhost:80 -> /run/b.sock (from the task)'],
  ['local', '/a:/b', '/a -> /b (from the task)'],
  ['remote', '8080:localhost:3000', 'localhost:8080 in the task -> localhost:3000 (from here)'],
  ['remote', '*:8080:web:80', '*:8080 in the task -> web:80 (from here)'],
  ['remote', '0', 'localhost:0 in the task -> SOCKS (from here)'],
  ['remote', '/run/a:/tmp/b', '/run/a in the task -> /tmp/b (from here)'],
  ['dynamic', '1080', 'localhost:1080 -> SOCKS (from the task)'],
  ['dynamic', '[::]:1080', '[::]:1080 -> SOCKS (from the task)'],
]

const BAD: readonly (readonly ['local' | 'remote' | 'dynamic', string])[] = [
  ['local', ''],
  ['local', '1080'],
  ['local', 'a:b'],
  ['local', '80:db'],
  ['local', '80:db:0'],
  ['local', '80:db:70000'],
  ['local', '70000:db:80'],
  ['local', '80:db:80:90:1'],
  ['local', '::1:80:db:3'],
  ['local', '80::81'],
  ['local', '80:a b:81'],
  ['local', '[::1:80:db:81'],
  ['remote', 'db'],
  ['dynamic', '1080:db:80'],
]

describe('a forward', () => {
  it.each(GOOD)('of kind %s reads %s', (kind, text, shown) => {
    const forward = parseForward(kind, text)
    expect(forward && forwardText(forward)).toBe(shown)
  })

  it.each(BAD)('of kind %s is not %j', (kind, text) => {
    expect(parseForward(kind, text)).toBeUndefined()
  })
})
