import type { PtyPolicy } from '../config.ts'
import { quoteWords } from '../text/quote.ts'

/** What shall run at the far end. */
export interface RemoteRequest {
  /** A command line for the remote shell; absent: the user's interactive shell. */
  readonly command?: string
  readonly pty: boolean
  /** The terminal shall pass every byte as it is: what runs at the far end has another one. */
  readonly raw?: true
  /** Variables that sshd is asked to set. */
  readonly environment?: Readonly<Record<string, string>>
}

export interface PtyFacts {
  readonly policy: PtyPolicy
  /** stdin and stdout are both terminals. */
  readonly onTerminal: boolean
  /** A shell or a console is meant for a person; an `exec` is meant for a pipe. */
  readonly interactive: boolean
}

export function wantsPty({ policy, onTerminal, interactive }: PtyFacts): boolean {
  if (policy === 'auto') return onTerminal && interactive
  return policy === 'force'
}

/** A shortcut's command line (run by the remote shell), or its words (run as they are), with further words added. */
export function shortcutCommand(shortcut: string | readonly string[], words: readonly string[]): string {
  if (typeof shortcut !== 'string') return quoteWords([...shortcut, ...words])
  return words.length === 0 ? shortcut : `${shortcut} ${quoteWords(words)}`
}

// The working directory of an app's image is the app's directory; bin/rails may have lost its run bit on the way.
const RAILS_CONSOLE = `
if [ -x bin/rails ]; then exec bin/rails console "$@"
elif [ -f bin/rails ]; then exec ruby bin/rails console "$@"
elif [ -f Gemfile ] && command -v bundle >/dev/null 2>&1; then exec bundle exec rails console "$@"
elif command -v rails >/dev/null 2>&1; then exec rails console "$@"
else echo "fargate-login: no bin/rails, bundle or rails in $PWD" >&2; exit 127
fi`.trim()

/** Opens the Rails console in the working directory: bin/rails, else bundle exec rails, else rails. */
export function railsCommand(words: readonly string[]): string {
  return quoteWords(['sh', '-c', RAILS_CONSOLE, 'rails', ...words])
}
