import { expect, it } from 'vitest'
import { unreadMembers } from '../../cli/aws/parse/unread-members.ts'

it('names what was sent and not read, each path once', () => {
  const sent = {
    family: 'web',
    registeredAt: 1.5,
    newMember: 'x',
    dockerLabels: { a: 'b' },
    containerDefinitions: [
      {
        name: 'app',
        mountPoints: [],
        newMember: { a: 1 },
        linuxParameters: { tmpfs: [{ size: 1, mode: 7 }] },
      },
      { name: 'other', newMember: 2 },
    ],
  }
  const read = {
    family: 'web',
    registeredAt: new Date(),
    dockerLabels: { a: 'b' },
    containerDefinitions: [
      { name: 'app', mountPoints: [], linuxParameters: { tmpfs: [{ size: 1 }] } },
      { name: 'other' },
    ],
  }
  expect(unreadMembers(sent, read)).toEqual([
    'newMember',
    'containerDefinitions[].newMember',
    'containerDefinitions[].linuxParameters.tmpfs[].mode',
  ])
})

it('does not miss what is empty, by which AWS describes what was never said', () => {
  expect(unreadMembers({ a: [], b: {}, c: null, d: false }, {})).toEqual([])
  expect(unreadMembers(undefined, {})).toEqual([])
})
