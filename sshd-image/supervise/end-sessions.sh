# Ends every process that came from a session, whatever it does.

# end_sessions: SIGHUP as when a terminal goes away, SIGTERM for what has none, SIGKILL after three seconds for what obeys
# neither. sshd's own processes get theirs a little later, so that they can still tell the client how its command ended.
end_sessions() {
  now
  : "${now:?}"
  # At least three seconds, in whole ones.
  deadline=$((now + 4))
  signalled=' '
  is_frozen=''
  if is_crowded; then
    is_frozen=yes
    freeze
  fi
  for round in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
    find_session_processes
    for process in $found; do
      case $signalled in *" $process "*) ;; *) signal_end "$process" ;; esac
    done
    reap
    alive=''
    for process in $signalled $found; do
      if kill -0 "$process" 2>/dev/null; then alive="$alive $process"; fi
    done
    now
    if [ -z "$alive" ] || [ "$now" -ge "$deadline" ]; then break; fi
    pause 0.1
  done
  [ -n "$alive" ] || return 0
  freeze
  # shellcheck disable=SC2086 # lists of numbers
  kill -s KILL $alive $found 2>/dev/null
}

# signal_end PID: tells a process to end, and adds it to $signalled.
signal_end() {
  title "$1"
  : "${title?}"
  case $title in
    sshd*)
      kill -s CONT "$1" 2>/dev/null
      [ "$round" -ge 2 ] || return 0
      ;;
  esac
  for signal in HUP TERM; do kill -s "$signal" "$1" 2>/dev/null; done
  # In a crowd, a process that ignores the signals stays stopped: it would only go on.
  if [ -z "$is_frozen" ] || ! ignores_sigterm "$1"; then kill -s CONT "$1" 2>/dev/null; fi
  signalled="$signalled$1 "
}

# find_session_processes: sets $found to every process that came from a session. As PID 1 that includes the orphans.
find_session_processes() {
  : "${listener?}" "${log:?}" "${announcer:?}" "${clock?}"
  found=''
  if [ $$ -ne 1 ]; then
    descendants "$listener"
    return
  fi
  for process in /proc/[0-9]*; do
    process=${process#/proc/}
    case $process in 1 | *[!0-9]* | "$log" | "$clock" | "$announcer" | "$listener") continue ;; esac
    found="$found $process"
  done
}

# is_crowded: do hundreds of processes run here, or breed? Then this shell would hardly get a turn, and ends them stopped.
is_crowded() {
  [ $$ -eq 1 ] || return 1
  set -- /proc/[0-9]*
  [ $# -gt 200 ]
}

# freeze: stops the processes of the sessions, so that they neither multiply nor take the processor. PID 1 does so in one
# go, and is not stopped itself; elsewhere a process that starts between two looks may escape.
freeze() {
  if [ $$ -eq 1 ]; then
    kill -s STOP -1
    kill -s CONT "$listener" "$log" "$announcer" 2>/dev/null
    find_session_processes
    return
  fi
  found=''
  for _ in 1 2 3 4 5; do
    before=$found
    find_session_processes
    [ "$found" != "$before" ] || break
    # shellcheck disable=SC2086 # a list of numbers
    [ -z "$found" ] || kill -s STOP $found 2>/dev/null
  done
}
