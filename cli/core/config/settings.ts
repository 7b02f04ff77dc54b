import type { SettingTable } from './setting.ts'
import { AWS } from './settings/aws.ts'
import { COPY } from './settings/copy.ts'
import { FORWARDS } from './settings/forwards.ts'
import { INJECTION } from './settings/injection.ts'
import { KEPT_TASK } from './settings/kept-task.ts'
import { NETWORK } from './settings/network.ts'
import { OUTPUT } from './settings/output.ts'
import { SESSION } from './settings/session.ts'
import { SSH } from './settings/ssh.ts'
import { TASK } from './settings/task.ts'

// All settings, one file for each group. Flags, variables, file keys, the help, docs/config.md, the defaults and the type Config
// follow from it. It is in core because core and session use Config and import nothing from config/.

export interface Group {
  /** The heading in the help and in docs/config.md. */
  readonly title: string
  readonly settings: SettingTable
  /** These settings apply to one run: they have no variable and no key in the file. */
  readonly onlyFlags?: true
}

/** In the order of the help. A new setting goes into the file of its group. */
export const GROUPS: readonly Group[] = [
  { title: 'What to run', settings: TASK },
  { title: 'Network', settings: NETWORK },
  { title: 'Injection', settings: INJECTION },
  { title: 'Session', settings: SESSION, onlyFlags: true },
  { title: 'SSH', settings: SSH },
  { title: 'Forwards', settings: FORWARDS },
  { title: 'Kept task', settings: KEPT_TASK },
  { title: 'Copy', settings: COPY, onlyFlags: true },
  { title: 'AWS', settings: AWS },
  { title: 'Output', settings: OUTPUT, onlyFlags: true },
]

export const SETTINGS = {
  ...AWS,
  ...TASK,
  ...NETWORK,
  ...INJECTION,
  ...SSH,
  ...FORWARDS,
  ...KEPT_TASK,
  ...COPY,
  ...SESSION,
  ...OUTPUT,
}
