import type { SettingTable } from '../setting.ts'

export const OUTPUT = {
  dryRun: { kind: 'switch', help: 'print the plan and change nothing', default: false },
  json: { kind: 'switch', help: 'with --dry-run: print the plan as JSON', default: false },
  verbosity: {
    kind: 'flags',
    default: 'normal',
    flags: {
      quiet: { flag: '-q, --quiet', help: 'print warnings and errors only' },
      verbose: {
        flag: '-v, --verbose',
        help: 'print every step and detail on stderr',
      },
    },
  },
} as const satisfies SettingTable
