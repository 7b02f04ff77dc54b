# Waits for children, and finds what comes from a process.

# reap: buries the dead, for whom kill -0 would succeed. The output of jobs is of no interest.
reap() {
  jobs >/dev/null 2>&1
}

# await_end PID TENTHS: waits that many tenths of a second at most for the end of a child; fails if it did not end.
await_end() {
  tenths=$2
  while
    reap
    kill -0 "$1" 2>/dev/null
  do
    [ "$tenths" -gt 0 ] || return 1
    tenths=$((tenths - 1))
    pause 0.1
  done
}

# descendants PID...: adds all that comes from them to $found.
descendants() {
  for ancestor; do
    children "$ancestor"
    : "${children?}"
    # shellcheck disable=SC2086 # a list of numbers
    set -- $children
    found="$found $*"
    descendants "$@"
  done
}
