import type { SettingTable } from '../setting.ts'

export const INJECTION = {
  inject: {
    kind: 'switch',
    help: "inject the SSH server into the app's own image at run time; --no-inject: the image has one",
    defaultText: 'refuse, unless the task is marked as having one',
  },
  toolkitImage: {
    kind: 'text',
    argument: 'IMAGE',
    help: 'with --inject: image of sshd-image/ in a registry that the task can pull from',
    defaultText: 'with --local the local one',
  },
  keepSidecars: {
    kind: 'switch',
    help: 'with --inject: also run the other containers of the task',
    default: false,
  },
  enter: {
    kind: 'text',
    argument: 'CONTAINER',
    help: 'open the session in another container of the task, which needs pidMode: task',
  },
} as const satisfies SettingTable
