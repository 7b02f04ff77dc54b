import { describe, expect, it } from 'vitest'
import { ownerState } from '../../../cli/core/journal/owner-state.ts'

const HERE = { host: 'laptop', bootId: 'boot-1', pidNamespace: 'pid:[1]' }
const OWNER = { pid: 7, startTime: '100', ...HERE }

describe('the owner of a session', () => {
  it('is alive while its pid has the same start time', () => {
    expect(ownerState(OWNER, HERE, '100')).toBe('alive')
  })

  it.each([
    ['its pid is gone', OWNER, HERE, undefined],
    ['another process has its pid', OWNER, HERE, '200'],
    ['the host has booted again', OWNER, { ...HERE, bootId: 'boot-2' }, '100'],
    ['the host was renamed and it is gone', OWNER, { ...HERE, host: 'renamed' }, undefined],
  ])('is dead when %s', (_, owner, here, startTime) => {
    expect(ownerState(owner, here, startTime)).toBe('dead')
  })

  it.each([
    ['on another host', { ...HERE, host: 'other', bootId: 'boot-9' }],
    ['in a container of the same host', { ...HERE, pidNamespace: 'pid:[2]' }],
  ])('cannot be told %s', (_, here) => {
    expect(ownerState(OWNER, here, undefined)).toBe('unknown')
  })

  it('is told by pid and start time alone where there is no boot id', () => {
    const owner = { pid: 7, startTime: 'Sat Nov 21 15:45:55 2026', host: 'mac' }
    expect(ownerState(owner, { host: 'mac' }, owner.startTime)).toBe('alive')
    expect(ownerState(owner, { host: 'mac' }, 'later')).toBe('dead')
    expect(ownerState(owner, { host: 'other' }, owner.startTime)).toBe('unknown')
  })
})
