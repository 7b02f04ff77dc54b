import type { SettingTable } from '../setting.ts'

export const FORWARDS = {
  localForward: {
    kind: 'forwards',
    forward: 'local',
    short: '-L',
    argument: 'SPEC',
    expects: '[BIND:]PORT:HOST:PORT, such as 5432:db.internal:5432; either end can be a socket: /PATH',
    help: '[BIND:]PORT:HOST:PORT: listen here, connect from the task; repeatable; port 0 takes a free one',
    default: [],
  },
  remoteForward: {
    kind: 'forwards',
    forward: 'remote',
    short: '-R',
    argument: 'SPEC',
    expects:
      '[BIND:]PORT:HOST:PORT, such as 8080:localhost:3000, or [BIND:]PORT for SOCKS; either end can be a socket: /PATH',
    help: '[BIND:]PORT[:HOST:PORT]: listen in the task, connect from here; without HOST:PORT a SOCKS proxy',
    default: [],
  },
  dynamicForward: {
    kind: 'forwards',
    forward: 'dynamic',
    short: '-D',
    argument: 'SPEC',
    expects: '[BIND:]PORT, such as 1080, or a socket: /PATH',
    help: '[BIND:]PORT: listen here as a SOCKS proxy (4, 4a, 5), connect from the task',
    default: [],
  },
} as const satisfies SettingTable
