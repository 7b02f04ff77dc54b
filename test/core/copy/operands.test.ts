import { describe, expect, it } from 'vitest'
import { parseOperand } from '../../../cli/core/copy/operand.ts'
import { planRoute } from '../../../cli/core/copy/plan-copy.ts'

describe('an operand', () => {
  it.each([
    ['file', { kind: 'local', path: 'file' }],
    ['./a:b', { kind: 'local', path: './a:b' }],
    ['/a:b', { kind: 'local', path: '/a:b' }],
    ['-', { kind: 'stream' }],
    [':', { kind: 'remote', path: '' }],
    [':/x', { kind: 'remote', path: '/x' }],
    ['web:', { kind: 'remote', target: 'web', path: '' }],
    ['web:a:b', { kind: 'remote', target: 'web', path: 'a:b' }],
    ['w:/x', { kind: 'remote', target: 'w', path: '/x' }],
    ['w:\\x', { kind: 'local', path: 'w:\\x' }],
    [':a\nb', { kind: 'remote', path: 'a\nb' }],
  ])('%j', (word, operand) => expect(parseOperand(word, false)).toEqual(operand))

  it('with a drive is local on Windows', () => {
    expect(parseOperand('c:/x', true)).toEqual({ kind: 'local', path: 'c:/x' })
    expect(parseOperand('c:x', true)).toEqual({ kind: 'remote', target: 'c', path: 'x' })
  })
})

describe('the route', () => {
  it('goes from the task or to it', () => {
    expect(planRoute(['web:a', 'web:-b', '.'], false)).toEqual({
      direction: 'download',
      sources: ['a', './-b'],
      destination: '.',
      target: 'web',
    })
    expect(planRoute(['-', ':'], false)).toEqual({
      direction: 'upload',
      sources: ['-'],
      destination: '.',
      target: undefined,
    })
  })

  it.each([
    [[], /a source and a destination/],
    [['a'], /a source and a destination/],
    [['a', ''], /A path is empty/],
    [['a', 'b'], /Neither side is remote/],
    [['-', '-'], /Neither side is remote/],
    [['web:a', 'web:b'], /on one side/],
    [['web:a', 'b', 'c'], /on one side/],
    [['a', 'web:b', 'web:c'], /on one side/],
    [['web:a', 'db:b', '.'], /different tasks/],
    [['web:a', ':b', '.'], /different tasks/],
    [['-', 'a', ':b'], /only source/],
  ])('%j is refused', (words, message) => {
    expect(() => planRoute(words, false)).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringMatching(message) }),
    )
  })
})
