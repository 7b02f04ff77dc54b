# The end of the task.

# finish STATUS REASON [WARNING]: ends everything, and shows WARNING, or the reason, to those on a terminal.
finish() {
  : "${listener?}" "${clock?}" "${log:?}" "${announcer:?}"
  trap '' TERM INT HUP ALRM
  last_status=$1 last_reason=$2
  # If something is missing for the steps below, such as a process to be had, the shell skips the rest of them.
  trap farewell EXIT
  # The signal may have come between the start of sshd and the assignment of its number.
  if [ -z "$listener" ] && [ "$!" != "$announcer" ]; then listener=$!; fi
  kill "$clock" 2>/dev/null
  if is_crowded; then freeze; fi
  warn "${3:-this task ends, as $2}"
  exec 5>&-
  await_end "$announcer" 15
  end_sessions
  # More than once: a child that has just been forked still has this shell's traps, and misses the first.
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    reap
    kill "$listener" 2>/dev/null || break
    kill -s CONT "$listener" 2>/dev/null
    pause 0.03
  done
  # log.sh ends when no process can write any more, which is at once.
  exec 3>&-
  await_end "$log" 20 || kill -s KILL "$log" 2>/dev/null
  exit "$1"
}

# farewell: the last line of the log, and no file left, whatever happened before.
farewell() {
  : "${private:?}" "${suffix?}"
  trap 'exit "$last_status"' EXIT
  printf 'fargate-login: end reason="%s" status=%s%s\n' "$last_reason" "$last_status" "$suffix" >&2
  rm -rf -- "$private"
  exit "$last_status"
}
