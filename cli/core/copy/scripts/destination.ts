import { remotePath } from './remote-words.ts'

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
