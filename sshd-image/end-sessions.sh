# Ends every process that came from a session, whatever it does. To be sourced by supervise.sh, after processes.sh.
# shellcheck disable=SC2034,SC2154 # variables that supervise.sh has

# ours: sets $found to every process that came from a session. As PID 1 that includes the orphans.
ours() {
  found=''
  if [ $$ -ne 1 ]; then
    descendants "$listener"
    return
  fi
  for pid in /proc/[0-9]*; do
    pid=${pid#/proc/}
    case $pid in 1 | *[!0-9]* | "$log" | "$ticker" | "$herald" | "$listener") continue ;; esac
    found="$found $pid"
  done
}

# crowded: do hundreds run here, or breed? Then this shell would hardly get a turn, and ends them frozen.
crowded() {
  [ $$ -eq 1 ] || return 1
  set -- /proc/[0-9]*
  [ $# -gt 200 ]
}

# freeze: stops what came from sessions, so that nothing multiplies or takes the processor while it is counted. PID 1 can
# do so in one go, and is not stopped itself; elsewhere what comes between two looks may escape.
freeze() {
  if [ $$ -eq 1 ]; then
    kill -s STOP -1
    kill -s CONT "$listener" "$log" "$herald" 2>/dev/null
    ours
    return
  fi
  found=''
  for _ in 1 2 3 4 5; do
    before=$found
    ours
    [ "$found" != "$before" ] || break
    # shellcheck disable=SC2086 # a list of numbers
    [ -z "$found" ] || kill -s STOP $found 2>/dev/null
  done
}

# ignores_end PID: does it ignore SIGTERM?
ignores_end() {
  while read -r field mask; do
    [ "$field" != SigIgn: ] || break
  done 2>/dev/null <"/proc/$1/status"
  [ $((0x${mask#????????????} & 0x4000)) -ne 0 ] 2>/dev/null
}

# end_sessions: SIGHUP as when a terminal goes away, SIGTERM for what has none, SIGKILL after three seconds for what
# obeys neither. sshd's own processes come a little later, so that they can still tell the client how its command ended.
end_sessions() {
  now
  # At least three seconds, in whole ones.
  deadline=$((now + 4))
  told=''
  frozen=''
  if crowded; then
    frozen=yes
    freeze
  fi
  for round in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
    ours
    for pid in $found; do
      # A variable each: to look for a number in a list of thousands takes too long.
      eval "is_told=\${told_$pid-}"
      [ -z "$is_told" ] || continue
      title "$pid"
      case $title in
        sshd*)
          kill -s CONT "$pid" 2>/dev/null
          [ "$round" -ge 2 ] || continue
          ;;
      esac
      for signal in HUP TERM; do kill -s "$signal" "$pid" 2>/dev/null; done
      # What would do nothing but go on does not wake up again.
      if [ -z "$frozen" ] || ! ignores_end "$pid"; then kill -s CONT "$pid" 2>/dev/null; fi
      eval "told_$pid=yes"
      told="$told $pid"
    done
    reap
    alive=''
    for pid in $told $found; do
      if kill -0 "$pid" 2>/dev/null; then alive="$alive $pid"; fi
    done
    now
    if [ -z "$alive" ] || [ "$now" -ge "$deadline" ]; then break; fi
    pause 0.1
  done
  [ -n "$alive" ] || return 0
  freeze
  # shellcheck disable=SC2086
  kill -s KILL $alive $found 2>/dev/null
}
