import type { SettingTable } from '../setting.ts'

export const KEPT_TASK = {
  keep: {
    kind: 'duration',
    least: 30,
    most: 86400,
    bare: '15m',
    argument: 'DURATION',
    help: 'keep the task for this long after its last connection; later commands join it; 15m if no value is given',
  },
} as const satisfies SettingTable
