import { quoteWords } from './quote.ts'

/** Our own command line: the words that the user typed. */
export interface TypedCommand {
  /** Without the program's name, up to the first `--`. */
  readonly own: readonly string[]
  /** After the first `--`; `undefined` if there is none. */
  readonly remote: readonly string[] | undefined
}

/** The most characters of a remote command that we repeat. */
const REMOTE_LENGTH = 200

/**
 * The typed command with more options, to paste. It hides the values of `-e`, because they may be secret, and a remote
 * command that is too long to read.
 */
export function typedCommandWith({ own, remote }: TypedCommand, ...options: readonly string[]): string {
  const remoteText = quoteWords(remote ?? [])
  const shown = remoteText.length > REMOTE_LENGTH ? 'CMD...' : remoteText
  const command = ['fargate-login', ...hideValues(own), ...options].map((word) => show(word)).join(' ')
  return remote === undefined ? command : `${command} -- ${shown}`
}

function hideValues(words: readonly string[]): readonly string[] {
  return words.map((word, index) => {
    const before = words[index - 1]
    if (before === '-e' || before === '--env') return word.replace(/=.*/s, '=…')
    return word.replace(/^(--env=[^=]*=|-e[^=]+=).*/s, '$1…')
  })
}

/** `A=…` is for a reader, who fills it in, so it stays bare. */
function show(word: string): string {
  return word.endsWith('=…') ? word : quoteWords([word])
}
