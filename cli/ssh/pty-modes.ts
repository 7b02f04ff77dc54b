import type { TerminalModes as RequestModes } from 'ssh2'
import type { TerminalModes } from '../core/link/terminal-modes.ts'

/** The value of a special character that the terminal does not have (RFC 4254, section 8). */
const NONE = 255

/** stty's name -> the name in RFC 4254, which ssh2 takes. ssh2 does not know IUTF8: session.sh sets it. */
const CHARACTERS: Readonly<Record<string, string>> = {
  intr: 'VINTR',
  quit: 'VQUIT',
  erase: 'VERASE',
  kill: 'VKILL',
  eof: 'VEOF',
  eol: 'VEOL',
  eol2: 'VEOL2',
  start: 'VSTART',
  stop: 'VSTOP',
  susp: 'VSUSP',
  dsusp: 'VDSUSP',
  rprnt: 'VREPRINT',
  werase: 'VWERASE',
  lnext: 'VLNEXT',
  swtch: 'VSWTCH',
  status: 'VSTATUS',
  discard: 'VDISCARD',
}

/** Their names in RFC 4254 are the same in capitals. */
const SWITCHES: ReadonlySet<string> = new Set(
  (
    'ignpar parmrk inpck istrip inlcr igncr icrnl iuclc ixon ixany ixoff imaxbel ' +
    'isig icanon xcase echo echoe echok echonl noflsh tostop iexten echoctl echoke pendin ' +
    'opost olcuc onlcr ocrnl onocr onlret cs7 cs8 parenb parodd'
  ).split(' '),
)

/** Switches off echo, line editing and translation. */
export const RAW_MODES: RequestModes = { ECHO: 0, ICANON: 0, ISIG: 0, IEXTEN: 0, OPOST: 0, ICRNL: 0, IXON: 0 }

/** The modes of a PTY request. */
export function ptyModes({ characters, switches }: TerminalModes): RequestModes {
  const modes: Record<string, number> = {}
  for (const [name, code = NONE] of Object.entries(characters)) {
    const known = CHARACTERS[name]
    if (known !== undefined) modes[known] = code
  }
  for (const [name, isOn] of Object.entries(switches)) {
    if (SWITCHES.has(name)) modes[name.toUpperCase()] = Number(isOn)
  }
  return modes as RequestModes
}
