import { PLAIN_MESSAGES } from './plain-messages.ts'
import { remotePattern } from './remote-words.ts'

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
