import { PLAIN_MESSAGES } from './plain-messages.ts'
import { remotePath } from './remote-words.ts'
import { removeStage } from './stage.ts'

export interface Move {
  /** In our folder. */
  readonly entry: string
  readonly to: string
  /** For a single file: its mode, and its time in seconds since 1970. */
  readonly facts?: { readonly mode: number; readonly mtime: number }
}

/** Moves what arrived into place, as `cp -r` merges folders, and removes our folder. */
export function moveIntoPlace(stage: string, moves: readonly Move[]): string {
  const lines = moves.map(({ entry, to, facts }) => {
    const from = remotePath(`${stage}/${entry}`)
    const set = facts
      ? `chmod ${facts.mode.toString(8)} ${from}\nTZ=UTC0 touch -m -t ${stamp(facts.mtime)} ${from}\n`
      : ''
    return `${set}arrive ${from} ${remotePath(to)}`
  })
  return `${PLAIN_MESSAGES}
${MOVE}
${lines.join('\n')}
${removeStage(stage)}
exit $status`
}

/**
 * A folder that exists is merged, entry by entry. A folder is never entered through a link, except for the one that the
 * user named. The files of a folder are moved a few hundred at a time: a process for each would take seconds.
 */
const MOVE = `status=0
refuse() {
  printf '%s: %s\\n' "$1" "$2" >&2
  status=1
}
folder() {
  [ -d "$1" ] && [ ! -L "$1" ]
}
arrive() {
  if [ -d "$1" ] && [ -d "$2" ]; then merge "$1" "$2"
  else
    if [ -L "$2" ] && [ -f "$2" ]; then
      named=$(readlink -f "$2") && [ -n "$named" ] && set -- "$1" "$named"
    fi
    move "$1" "$2"
  fi
}
move() {
  if folder "$2"; then refuse "$2" 'Is a directory'
  elif folder "$1" && { [ -e "$2" ] || [ -L "$2" ]; }; then refuse "$2" 'Not a directory'
  elif folder "$1" && [ ! -w "$1" ]; then
    mode=$(stat -c %a "$1") && chmod u+w "$1" && mv -f "$1" "$2" </dev/null && chmod "$mode" "$2" || status=1
  else mv -f "$1" "$2" </dev/null || status=1
  fi
}
merge() {
  chmod u+rwx "$1"
  for entry in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    [ -e "$entry" ] || [ -L "$entry" ] || continue
    there=$2/\${entry##*/}
    if folder "$there" && folder "$entry"; then merge "$entry" "$there"
    elif folder "$there" || folder "$entry"; then move "$entry" "$there"
    else
      set -- "$@" "$entry"
      if [ $# -gt 400 ]; then
        from=$1 into=$2
        shift 2
        mv -f "$@" "$into/" </dev/null || status=1
        set -- "$from" "$into"
      fi
    fi
  done
  into=$2
  shift 2
  [ $# -eq 0 ] || mv -f "$@" "$into/" </dev/null || status=1
}`

/** The time as POSIX touch reads it: 202401312359.58. */
function stamp(seconds: number): string {
  const digits = new Date(seconds * 1000).toISOString().replace(/\D/g, '')
  return `${digits.slice(0, 12)}.${digits.slice(12, 14)}`
}
