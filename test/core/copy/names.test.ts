import { describe, expect, it } from 'vitest'
import { staysInside } from '../../../cli/core/copy/link-target.ts'
import { isUnsafeOnWindows, memberName } from '../../../cli/core/copy/member-name.ts'

describe('the name of a member', () => {
  it.each([
    ['./', []],
    ['.', []],
    ['./a/b', ['a', 'b']],
    ['a/', ['a']],
    ['a\nb/ c', ['a\nb', ' c']],
  ])('%j is taken', (name, parts) => expect(memberName(name)).toEqual({ parts }))

  it.each([
    '/a',
    '..',
    '../a',
    'a/../b',
    'a/./b',
    'a//b',
    'a/..',
    './../a',
    'a\0b',
    'a'.repeat(5000),
    'a/'.repeat(257),
    '\ufffd',
  ])('%j is refused', (name) => expect(memberName(name)).toEqual({ problem: expect.any(String) }))

  it.each(['a\\b', 'c:', 'c:x', 'a:stream', 'x.', 'x ', 'NUL', 'com1.txt', 'a\nb'])(
    '%j is refused on Windows',
    (part) => expect(isUnsafeOnWindows(part)).toBe(true),
  )
})

describe('a link', () => {
  it.each([
    [['l'], 'file'],
    [['l'], './a/b'],
    [['a', 'l'], '..'],
    [['a', 'l'], '../b'],
    [['a', 'b', 'l'], '../../c'],
  ])('%j to %s stays inside', (parts, target) => expect(staysInside(parts, target)).toBe(true))

  it.each([
    [['l'], '/etc'],
    [['l'], '..'],
    [['a', 'l'], '../..'],
    [['a', 'l'], 'b/../c'],
    [['l'], ''],
    [['l'], 'c:x'],
    [['l'], '..\\x'],
    [[], 'x/..'],
  ])('%j to %s does not', (parts, target) => expect(staysInside(parts, target)).toBe(false))
})
