/** How a remote command ended, in terms of the SSH protocol (RFC 4254, 6.10). */
export type RemoteExit = { readonly code: number } | { readonly signal: string }

// Linux numbers, because the container runs Linux whatever the user's machine runs.
const SIGNAL_NUMBERS: Readonly<Record<string, number>> = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ILL: 4,
  TRAP: 5,
  ABRT: 6,
  BUS: 7,
  FPE: 8,
  KILL: 9,
  USR1: 10,
  SEGV: 11,
  USR2: 12,
  PIPE: 13,
  ALRM: 14,
  TERM: 15,
  XCPU: 24,
  XFSZ: 25,
  SYS: 31,
}

/** The status for our own caller: the remote status unchanged, 128+N for signal N, 255 for an unknown signal. */
export function exitStatus(exit: RemoteExit): number {
  return 'code' in exit ? exit.code : signalStatus(exit.signal)
}

/** @param name with or without the SIG prefix */
function signalStatus(name: string): number {
  const number = SIGNAL_NUMBERS[name.replace(/^SIG/, '')]
  return number === undefined ? 255 : 128 + number
}
