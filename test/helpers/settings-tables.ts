import type { Option } from 'commander'
import { defaultOf, optionsOf } from '../../cli/config/flags.ts'
import { type NamedSetting, settings } from '../../cli/config/named-settings.ts'

/** The settings as docs/config.md shows them: a table for each group. */
export function settingsTables(): string {
  const titles = [...new Set(settings.map(({ group }) => group))]
  return titles.map((title) => `### ${title}\n\n${HEAD}\n${rowsOf(title)}\n`).join('\n')
}

function rowsOf(title: string): string {
  return settings
    .filter(({ group }) => group === title)
    .flatMap(rows)
    .join('\n')
}

const HEAD = '| flag | meaning | default |\n|---|---|---|'

function rows(setting: NamedSetting): readonly string[] {
  const options = optionsOf(setting)
  if (setting.row.kind === 'flags') return options.map((one) => row(flags([one]), one.description, ''))
  return [row(flags(options), setting.row.help, defaultCell(setting))]
}

function row(...cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`.replace('|  |', '| |')
}

/** `-e`, `--env NAME=VALUE`; the argument stands bare, as commander's brackets are noise in a table. */
function flags(options: readonly Option[]): string {
  return options
    .flatMap((option) => option.flags.replace(/[<>]/g, '').split(', '))
    .map((flag) => `\`${flag}\``)
    .join(', ')
}

function defaultCell({ row, onlyFlag }: NamedSetting): string {
  if (row.kind === 'switch' && row.default === false && !onlyFlag) return 'no'
  const text = defaultOf(row) ?? ''
  return 'default' in row && text !== '' ? `\`${text}\`` : text
}
