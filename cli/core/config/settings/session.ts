import type { SettingTable } from '../setting.ts'

export const SESSION = {
  local: { kind: 'switch', help: 'use the embedded ECS on this machine; no AWS account', default: false },
  newTask: {
    kind: 'switch',
    name: 'new',
    help: 'start a new task, even if a kept one would do',
    default: false,
  },
  detach: {
    kind: 'switch',
    short: '-d',
    help: 'leave the program running; return with fargate-login attach',
    default: false,
  },
  forwardAgent: {
    kind: 'switch',
    short: '-A',
    help: 'let programs in the task use your ssh-agent; anyone who is root there can use it, too',
    default: false,
  },
  pty: {
    kind: 'flags',
    default: 'auto',
    flags: {
      force: { flag: '-t, --pty', help: 'force a PTY' },
      forbid: { flag: '-T, --no-pty', help: 'forbid a PTY' },
    },
  },
  stdin: {
    kind: 'switch',
    short: '-n',
    help: 'do not read stdin; the remote program finds it empty',
    default: true,
  },
} as const satisfies SettingTable
