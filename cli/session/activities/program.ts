import type { Program, Pty } from '../../core/link/program.ts'
import type { PlannedProgram } from '../../core/plan/activity.ts'
import type { ActivityInput } from './activity.ts'

/** The planned program, with a copy of our terminal if it gets a PTY. */
export async function programFor(
  { command, pty }: PlannedProgram,
  input: Pick<ActivityInput, 'terminal' | 'environment'>,
): Promise<Program> {
  if (pty) return await programOnPty(command, input)
  return { ...kindOf(command), environment: input.environment }
}

/** @param command absent: the user's interactive shell */
export async function programOnPty(
  command: string | undefined,
  { terminal, environment }: Pick<ActivityInput, 'terminal' | 'environment'>,
): Promise<Program & { readonly pty: Pty }> {
  return {
    ...kindOf(command),
    pty: { type: terminal.type, size: terminal.size(), modes: await terminal.modes() },
    environment: { ...terminal.variables, ...environment },
  }
}

function kindOf(command: string | undefined) {
  return command === undefined ? ({ kind: 'shell' } as const) : ({ kind: 'exec', command } as const)
}
