import { readConfig } from '../../config/read-config.ts'
import type { RawFlags } from '../../config/read-flags.ts'
import { checkDerive } from '../../config/rules.ts'
import { printableJson } from '../../core/text/printable-json.ts'
import { derive } from '../../session/plan/derivation.ts'
import { readEcs } from '../../session/plan/prepare.ts'
import { version } from '../../version.ts'
import type { Context } from '../context.ts'
import { warnOfFillIns } from './warn-of-fill-ins.ts'

export interface DeriveInput {
  readonly target: string | undefined
  readonly flags: RawFlags
}

export async function printDerived({ target, flags }: DeriveInput, context: Context): Promise<void> {
  const { environment, directory, streams, cancel } = context
  const requested = await readConfig({ flags, target, environment, directory })
  checkDerive(requested)
  await using composition = await context.compose(requested)
  const { config, ports } = composition
  warnOfFillIns(target, config, ports.reporter)
  await composition.signIn()
  const { definition } = await readEcs(config, ports, cancel)
  const { registration, notes } = derive(config, definition, version)
  for (const note of notes) ports.reporter.warn(note)
  streams.stdout.write(`${printableJson(registration)}\n`)
}
