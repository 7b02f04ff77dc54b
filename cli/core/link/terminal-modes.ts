/** The modes of a terminal, by the names that stty gives them on Linux. */
export interface TerminalModes {
  /** Special characters: `erase` -> 127; `undefined` if the terminal has none for it. */
  readonly characters: Readonly<Record<string, number | undefined>>
  /** `ixon` -> false. */
  readonly switches: Readonly<Record<string, boolean>>
}

/**
 * What busybox's stty can set. It refuses all of its arguments because of one that it does not know. Without those that
 * describe a serial line.
 */
const CHARACTERS = /^(intr|quit|erase|kill|eof|eol|eol2|swtch|start|stop|susp|rprnt|werase|lnext)$/
const SWITCHES =
  /^(ignpar|parmrk|inpck|istrip|inlcr|igncr|icrnl|iuclc|ixon|ixany|ixoff|imaxbel|iutf8|isig|icanon|iexten|xcase|echo|echoe|echok|echonl|echoctl|echoke|noflsh|tostop|opost|olcuc|onlcr|ocrnl|onocr|onlret)$/

/** The arguments for stty in the task: `erase 008 -ixon`. A code has three digits, since stty takes one as a character. */
export function sttyArguments({ characters, switches }: TerminalModes): string {
  const words = [
    ...Object.entries(characters)
      .filter(([name]) => CHARACTERS.test(name))
      .map(([name, code]) => `${name} ${code === undefined ? 'undef' : String(code).padStart(3, '0')}`),
    ...Object.entries(switches)
      .filter(([name]) => SWITCHES.test(name))
      .map(([name, isOn]) => (isOn ? name : `-${name}`)),
  ]
  return words.join(' ')
}
