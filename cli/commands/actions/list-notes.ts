import { elsewhereAdvice } from '../../core/journal/left-behind.ts'
import type { SessionTask } from '../../core/task/listed-task.ts'
import { commandForSession, ownCommand } from '../../core/text/paste.ts'
import type { ClusterTasks } from '../../session/fleet/live-tasks.ts'
import type { Ports } from '../../session/ports/ports.ts'

export interface ListNotesInput {
  readonly shown: readonly SessionTask[]
  readonly live: ClusterTasks
  readonly cluster: string
  readonly json: boolean
}

/** Says below the list what it leaves out, and how to go on. */
export async function noteWhatToDo(input: ListNotesInput, ports: Ports): Promise<void> {
  const { shown, live, cluster, json } = input
  const { reporter, clock } = ports
  if (shown.length === 0) reporter.note(nothingText(live.tasks.length, cluster))
  if (!json) {
    await noteDetached(live, ports)
    if (shown.length > 0) reporter.note('Stop a session with:', stopCommand(input, ports))
  }
  for (const { entry } of live.elsewhere) {
    const { text, command } = elsewhereAdvice(entry, clock.wallNow())
    reporter.note(text, command)
  }
}

function nothingText(others: number, cluster: string): string {
  if (others === 0) return `There are no live sessions on cluster ${cluster}.`
  const belong = others === 1 ? '1 belongs' : `${others} belong`
  return `You have no live sessions on cluster ${cluster}; ${belong} to others: add --all.`
}

async function noteDetached({ detached }: ClusterTasks, { journal, reporter }: Ports): Promise<void> {
  const commands: string[] = []
  for (const { entry } of detached) {
    const { session } = entry
    reporter.debug(`The key of session ${session} is in ${journal.keyFile(session)}.`)
    if (await journal.hasKey(session)) commands.push(commandForSession('attach', session))
    else {
      const fact = `The key of session ${session} is gone, so you cannot return to it. Stop it with:`
      reporter.note(fact, commandForSession('stop', session))
    }
  }
  if (commands.length > 0) reporter.note('Return to a detached session with:', ...commands)
}

function stopCommand({ shown, cluster }: ListNotesInput, { access }: Ports): string {
  const [first, ...others] = shown
  const id = first === undefined || others.length > 0 ? 'ID' : first.session
  return ownCommand(access, 'stop', id, '--cluster', cluster)
}
