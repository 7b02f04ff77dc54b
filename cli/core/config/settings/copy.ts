import type { SettingTable } from '../setting.ts'

export const COPY = {
  resumeCopy: {
    kind: 'switch',
    name: 'resume',
    help: 'send only what an earlier copy did not bring',
    default: false,
  },
  verifyCopy: {
    kind: 'switch',
    name: 'verify',
    help: 'compare the SHA-256 of each file on both sides',
    default: false,
  },
} as const satisfies SettingTable
