import { remotePath, remotePattern } from './remote-words.ts'

// What runs in the task, in POSIX sh. The programs are those of GNU, of busybox, or of the toolkit. The tests run them all.

/** Without this, the messages are in the user's language. */
const PLAIN_MESSAGES = 'LC_ALL=C; export LC_ALL'

/**
 * Lists the sources: for each a kind, `SIZE MTIME MODE` if it is the only one, and its path, each with a zero byte
 * behind it. A `stream` is a file that has content and no size, as in /proc. For `nothing`, the second is the reason.
 */
export function listSources(patterns: readonly string[]): string {
  return `${PLAIN_MESSAGES}
set -- ${patterns.map(remotePattern).join(' ')}
count=$#
for path do
  case $path in -*) path=./$path ;; esac
  kind=nothing facts=
  if [ -d "$path" ]; then kind=folder
  elif [ -f "$path" ]; then
    kind=file
    if [ ! -s "$path" ] && [ -n "$(head -c 1 <"$path" 2>/dev/null | od -An -tx1)" ]; then kind=stream; fi
    [ $count -gt 1 ] || facts=$(stat -L -c '%s %Y %a' "$path" 2>/dev/null)
  elif [ -e "$path" ]; then kind=other
  else facts=$({ : <"$path"; } 2>&1)
  fi
  case $kind in folder | file) if [ -L "$path" ]; then kind=linked-$kind; fi ;; esac
  printf '%s\\0%s\\0%s\\0' "$kind" "$facts" "$path"
done`
}

/** Prints what stands at a destination: `folder`, `file`, `other`, `nothing`, or `astray` if its folder is missing. */
export function lookAtDestination(path: string): string {
  return `to=${remotePath(path)}
if [ -d "$to" ]; then echo folder
elif [ -f "$to" ]; then echo file
elif [ -e "$to" ] || [ -L "$to" ]; then echo other
else
  while case $to in */) [ "$to" != / ] ;; *) false ;; esac; do to=\${to%/}; done
  case $to in */*) to=\${to%/*}/ ;; *) to=. ;; esac
  if [ -d "$to" ]; then echo nothing; else echo astray; fi
fi`
}

export interface PackInput {
  /** The folder to which the names are relative. */
  readonly folder: string
  /** `.`, or names in the folder. */
  readonly names: readonly string[]
  /** Whether to copy what links point to. */
  readonly follow: boolean
  /** Whether folders stand for themselves, without their content. */
  readonly shallow: boolean
}

/** Writes a tar archive to stdout. */
export function packNames({ folder, names, follow, shallow }: PackInput): string {
  const options = `${shallow ? '--no-recursion ' : ''}-${follow ? 'h' : ''}cf -`
  return `${enter(folder)}
exec tar ${options} ${names.map(relative).join(' ')} </dev/null`
}

/** Writes a file to stdout, from a byte on. Not by `head -c`, which sends 8 KiB at a time and is half as fast. */
export function readFile(path: string, from: number): string {
  const file = remotePath(path)
  return `${PLAIN_MESSAGES}\nexec ${from === 0 ? 'cat' : `tail -c +${from + 1}`} <${file}`
}

/** Prints `SIZE HASH` of a file; only its first bytes count if `bytes` is given. */
export function hashFile(path: string, bytes?: number): string {
  const file = remotePath(path)
  const content = bytes === undefined ? `cat <${file}` : `head -c ${bytes} <${file}`
  return `${PLAIN_MESSAGES}\nset -e\nsize=$(wc -c <${file})\nhash=$(${content} | sha256sum)\necho $size $hash`
}

/** Prints a line of sha256sum for each file. */
export function hashTree({ folder, names, follow }: Omit<PackInput, 'shallow'>): string {
  return `${enter(folder)}
exec find ${follow ? '-L ' : ''}${names.map(relative).join(' ')} -type f -exec sha256sum {} +`
}

/** Prints `SIZE/MTIME/NAME` for each file, and `-/-/NAME` for the folders and the rest. */
export function listTree({ folder, names }: Omit<PackInput, 'shallow' | 'follow'>): string {
  const roots = names.map(relative).join(' ')
  return `${enter(folder)}
find ${roots} -type f -exec stat -c '%s/%Y/%n' {} + 
find ${roots} ! -type f -exec printf -- '-/-/%s\\n' {} +`
}

/** Makes our folder, and writes stdin into a file in it. */
export function receiveFile(stage: string, append: boolean): string {
  const folder = remotePath(stage)
  if (append) return `${PLAIN_MESSAGES}\nexec cat >>${folder}/0`
  // Only the folder is private: what comes from stdin gets the mode that `cat >FILE` would give it.
  return `${PLAIN_MESSAGES}\n(umask 077 && mkdir -p ${folder}) && exec cat >${folder}/0`
}

/** Makes our folder, and unpacks stdin in it. Owners are not taken over. */
export function receiveTree(stage: string): string {
  const folder = remotePath(stage)
  return `${PLAIN_MESSAGES}
umask 077
mkdir -p ${folder} && cd ${folder} && exec tar -xpof -`
}

/** Cuts files of our folder to the bytes that are right. `undefined` removes a file. */
export function cutFiles(stage: string, cuts: ReadonlyMap<string, number | undefined>): string {
  const lines = [...cuts].map(([name, bytes]) => {
    const file = remotePath(`${stage}/${name}`)
    return bytes === undefined ? `rm -f ${file}` : `truncate -s ${bytes} ${file} || rm -f ${file}`
  })
  return lines.join('\n')
}

export function removeStage(stage: string): string {
  const folder = remotePath(stage)
  return `[ ! -d ${folder} ] || { chmod -R u+rwX ${folder}; rm -rf ${folder}; } 2>/dev/null`
}

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

function enter(folder: string): string {
  return `${PLAIN_MESSAGES}\ncd ${remotePath(folder)} || exit 2`
}

function relative(name: string): string {
  return name === '.' ? '.' : remotePath(`./${name}`)
}

/** The time as POSIX touch reads it: 202401312359.58. */
function stamp(seconds: number): string {
  const digits = new Date(seconds * 1000).toISOString().replace(/\D/g, '')
  return `${digits.slice(0, 12)}.${digits.slice(12, 14)}`
}
