import { reasonOf } from '../../../core/copy/file-error.ts'
import type { Problem } from '../../../core/copy/remote-problems.ts'
import type { Reporter } from '../../ports/reporter.ts'

/** Tells each problem once, path by path. */
export class Problems {
  readonly #told = new Set<string>()
  readonly #reporter: Pick<Reporter, 'problem'>

  constructor(reporter: Pick<Reporter, 'problem'>) {
    this.#reporter = reporter
  }

  get count(): number {
    return this.#told.size
  }

  readonly tell = ({ path, reason }: Problem): void => {
    const text = `cp: ${path === '' ? '' : `${path}: `}${reason}`
    if (this.#told.has(text)) return
    this.#told.add(text)
    this.#reporter.problem(text)
  }

  tellError(path: string, error: unknown): void {
    this.tell({ path, reason: reasonOf(error) })
  }
}
