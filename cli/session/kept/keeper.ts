import { FargateLoginError } from '../../core/error.ts'
import type { Link } from '../link/link.ts'
import type { Prepared } from '../plan/prepare.ts'
import type { Ports } from '../ports/ports.ts'
import type { Task } from '../task/task.ts'

type KeeperPorts = Pick<Ports, 'journal' | 'reporter' | 'clock'>

/**
 * Keeps a task for later commands, if the plan says so. Until the task is recorded, it holds a lock, so that two commands
 * at the same moment start one task.
 */
export class Keeper implements AsyncDisposable {
  readonly #prepared: Prepared
  readonly #ports: KeeperPorts
  #lock: AsyncDisposable | undefined
  #kept: { readonly session: string; readonly seconds: number } | undefined

  private constructor(prepared: Prepared, ports: KeeperPorts) {
    this.#prepared = prepared
    this.#ports = ports
  }

  static async open(prepared: Prepared, ports: KeeperPorts, cancel: AbortSignal): Promise<Keeper> {
    const { plan, identity } = prepared
    const keeper = new Keeper(prepared, ports)
    if (plan.keepSeconds === undefined) return keeper
    const onWait = () =>
      ports.reporter.step('task', 'Waiting for another fargate-login, which starts this task')
    keeper.#lock = await ports.journal.lock(identity, cancel, onWait)
    return keeper
  }

  /**
   * Records a task that was started for this. From then on it outlives this command.
   * @throws FargateLoginError `session-refused` if the task would not end by itself, `journal-unwritable`
   */
  async keep(task: Task, link: Link): Promise<void> {
    const { plan, identity } = this.#prepared
    const { keepSeconds, centsPerHour } = plan
    if (keepSeconds === undefined) return
    if (!link.connection.features.has('linger')) throw cannotKeep()
    const { reach, privateKey } = link.target
    const kept = {
      identity,
      reach: { ...reach, user: link.connection.user },
      hostKey: link.connection.hostKey,
      keepSeconds,
      ...(centsPerHour !== undefined && { centsPerHour }),
    }
    await this.#ports.journal.keep({ plan, taskArn: task.watch.latest.arn, kept, privateKey })
    task.unlessEnded = { keepWarmSeconds: keepSeconds }
    await this.use(plan.session, keepSeconds)
  }

  /** Uses a task that is recorded. */
  async use(session: string, keepSeconds: number): Promise<void> {
    this.#kept = { session, seconds: keepSeconds }
    await this.#unlock()
  }

  /** Records until when the task stays, as its last use that we know of is over. */
  async leave(): Promise<void> {
    if (!this.#kept) return
    const { session, seconds } = this.#kept
    const { journal, clock } = this.#ports
    await journal.keepUntil(session, new Date(clock.wallNow().getTime() + seconds * 1000))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.leave()
    await this.#unlock()
  }

  async #unlock(): Promise<void> {
    const lock = this.#lock
    this.#lock = undefined
    await lock?.[Symbol.asyncDispose]()
  }
}

function cannotKeep(): FargateLoginError {
  return new FargateLoginError(
    'session-refused',
    '--keep needs an image that ends by itself, and nothing says that this one does.',
    { hint: 'Build it from sshd-image/ (docs/image.md), or use --inject.' },
  )
}
