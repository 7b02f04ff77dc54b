import { describe, expect, it } from 'vitest'
import { type JournalEntry, parseJournalEntry } from '../../../cli/core/journal/journal-entry.ts'
import { elsewhereAdvice, leftBehindAdvice } from '../../../cli/core/journal/left-behind.ts'
import { isAt } from '../../../cli/core/journal/place.ts'

const ENTRY: JournalEntry = {
  version: 2,
  session: 'abcdefghijkl',
  owner: { pid: 7, startTime: '100', host: 'laptop' },
  createdAt: '2026-11-21T12:00:00.000Z',
  access: { region: 'eu-west-1', profile: 'prod' },
  account: '123456789012',
  cluster: 'production',
  startedBy: 'fargate-login/abcdefghijkl',
  clientToken: 'fargate-login-abcdefghijkl',
}

describe('an entry of the journal', () => {
  it('is read as it was written', () => {
    expect(parseJournalEntry(JSON.stringify(ENTRY))).toEqual(ENTRY)
    const launched = { ...ENTRY, taskArn: 'arn:aws:ecs:eu-west-1:123456789012:task/production/0123' }
    expect(parseJournalEntry(JSON.stringify(launched))).toEqual(launched)
  })

  it('of version 1 is read as one of today', () => {
    const detached = {
      address: { host: '10.0.0.7', port: 2222, found: 'private' },
      user: 'app',
      key: 'SHA256:user',
      hostKey: 'SHA256:host',
      container: 'app',
      reconnectSeconds: 120,
      centsPerHour: 2,
    }
    const route = { kind: 'tcp', host: '10.0.0.7', port: 2222, found: 'private' }
    const reach = { container: 'app', route, user: 'app', userKey: 'SHA256:user' }
    const verified = { ...reach, hostKey: { policy: 'verify', fingerprint: 'SHA256:host' } }
    expect(parseJournalEntry(JSON.stringify({ ...ENTRY, version: 1, detached }))).toEqual({
      ...ENTRY,
      detached: { reach: verified, reconnectSeconds: 120, centsPerHour: 2 },
    })
    const { hostKey: _, ...accepted } = detached
    expect(
      parseJournalEntry(JSON.stringify({ ...ENTRY, version: 1, detached: accepted }))?.detached?.reach
        .hostKey,
    ).toEqual({ policy: 'accept' })
    expect(parseJournalEntry(JSON.stringify({ ...ENTRY, version: 1 }))).toEqual(ENTRY)
  })

  it.each([
    ['cut short', JSON.stringify(ENTRY).slice(0, 40)],
    ['empty', ''],
    ['null', 'null'],
    ['of another version', JSON.stringify({ ...ENTRY, version: 3 })],
    ['named to climb out of its directory', JSON.stringify({ ...ENTRY, session: '../../x' })],
    ['without a process', JSON.stringify({ ...ENTRY, owner: { pid: 0, startTime: '', host: '' } })],
    ['with an endpoint that is not a URL', JSON.stringify({ ...ENTRY, access: { endpointUrl: 'x' } })],
  ])('is passed over when it is %s', (_, text) => {
    expect(parseJournalEntry(text)).toBeUndefined()
  })

  it('knows its place, the cluster by name or ARN', () => {
    const place = { account: '123456789012', region: 'eu-west-1', endpointUrl: undefined }
    expect(isAt(ENTRY, { ...place, cluster: 'production' })).toBe(true)
    expect(isAt(ENTRY, { ...place, cluster: 'arn:aws:ecs:eu-west-1:123456789012:cluster/production' })).toBe(
      true,
    )
    expect(isAt(ENTRY, { ...place, cluster: 'staging' })).toBe(false)
    expect(isAt(ENTRY, { ...place, cluster: 'production', region: 'us-east-1' })).toBe(false)
    expect(isAt(ENTRY, { ...place, cluster: 'production', account: undefined })).toBe(false)
  })

  it('is told with the command to paste', () => {
    const now = new Date('2026-11-21T15:10:00.000Z')
    expect(leftBehindAdvice(ENTRY, now)).toEqual({
      text:
        'Session abcdefghijkl on cluster production in eu-west-1, started 3 h 10 min ago, was left behind: its process ' +
        'ended without stopping the task. Its task may still run and cost money. Stop it with:',
      command: 'fargate-login stop abcdefghijkl',
    })
    expect(leftBehindAdvice({ ...ENTRY, unconfirmed: 'launch' }, now).text).toContain(
      'was left behind: RunTask did not answer, and no task was found. Its task may still run',
    )
    expect(leftBehindAdvice({ ...ENTRY, unconfirmed: 'stop' }, now).text).toContain(
      'was left behind: the stop of its task was not confirmed. Its task may still run',
    )
    expect(elsewhereAdvice(ENTRY, now).command).toBe(
      'fargate-login list --cluster production --region eu-west-1 --profile prod',
    )
  })
})
