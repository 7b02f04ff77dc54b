#!/bin/sh
# Runs sshd, enforces the time limits, and is a good PID 1: reaps what is orphaned, obeys SIGTERM at once, and
# leaves no session and no file behind. Started by entrypoint.sh, which passes its settings as variables:
# sh, sshd, private, connect_grace, linger, max_lifetime; fingerprints, start and suffix are for log.sh.
set -u
: "${sh:?}" "${sshd:?}" "${private:?}" "${connect_grace:?}" "${linger:?}" "${max_lifetime:?}" "${suffix?}"
here=${0%/*}

# Seconds that only go forward; date would jump with the clock, and costs a process each time.
now() {
  if read -r now _ 2>/dev/null </proc/uptime; then now=${now%%.*}; else now=$(date +%s); fi
}

# children PID: sets $children. No $(...), which would itself be a child of this shell.
children() {
  children=''
  if [ -r "/proc/$1/task/$1/children" ]; then
    read -r children 2>/dev/null <"/proc/$1/task/$1/children"
  else
    ps -A -o pid= -o ppid= >"$private/processes"
    while read -r pid parent; do
      if [ "$parent" = "$1" ]; then children="$children $pid"; fi
    done <"$private/processes"
  fi
}

# title PID: sets $title to the process's command line, with which sshd says what it is doing.
title() {
  title=''
  if [ -r "/proc/$1/cmdline" ]; then
    IFS= read -r title 2>/dev/null <"/proc/$1/cmdline"
  elif [ ! -d /proc/self ]; then
    title=$(ps -o command= -p "$1")
  fi
}

# descendants PID...: adds all that comes from them to $found.
descendants() {
  for ancestor; do
    children "$ancestor"
    # shellcheck disable=SC2086 # a list of numbers
    set -- $children
    found="$found $*"
    descendants "$@"
  done
}

# authenticated PID: is this sshd process one that serves somebody who has logged in? sshd calls it "sshd: NAME..."
# ("sshd-session:" from 9.8 on) and puts [priv], [net], [accepted] or [listener] behind all the others.
authenticated() {
  title "$1"
  case $title in
    *' ['*) return 1 ;;
    'sshd: '* | 'sshd-session: '*) return 0 ;;
    *) return 1 ;;
  esac
}

# connected: is anybody logged in? The process is a child of the listener or, where sshd separates privileges, a
# grandchild. Ancestry, because other sshds may run on this machine.
connected() {
  children "$listener"
  # shellcheck disable=SC2086
  set -- $children
  for connection; do
    if authenticated "$connection"; then return 0; fi
    children "$connection"
    for process in $children; do
      if authenticated "$process"; then return 0; fi
    done
  done
  return 1
}

# kept: does a program run that is meant to go on while nobody is connected?
kept() {
  for mark in "$private"/hold/*.kept; do
    if read -r keeper 2>/dev/null <"$mark" && kill -0 "$keeper" 2>/dev/null; then return 0; fi
  done
  return 1
}

# ours: sets $found to every process that came from a session. As PID 1 that includes the orphans.
ours() {
  found=''
  if [ $$ -ne 1 ]; then
    descendants "$listener"
    return
  fi
  children 1
  for child in $children; do
    case $child in "$log" | "$ticker") continue ;; esac
    [ "$child" = "$listener" ] || found="$found $child"
    descendants "$child"
  done
}

# end_sessions: SIGHUP as when a terminal goes away, SIGTERM for what has none, SIGKILL after three seconds for what
# obeys neither. sshd's own processes come a little later, so that they can still tell the client how its command ended.
end_sessions() {
  told=' '
  for tenth in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
    ours
    for pid in $found; do
      case $told in *" $pid "*) continue ;; esac
      title "$pid"
      case $title in sshd*) [ "$tenth" -ge 2 ] || continue ;; esac
      kill -s HUP "$pid" 2>/dev/null
      kill -s TERM "$pid" 2>/dev/null
      told="$told$pid "
    done
    alive=''
    for pid in $told $found; do
      if kill -0 "$pid" 2>/dev/null; then alive="$alive $pid"; fi
    done
    [ -n "$alive" ] || break
    sleep 0.1 &
    wait $!
  done
  # shellcheck disable=SC2086
  [ -z "$alive" ] || kill -s KILL $alive 2>/dev/null
}

# finish STATUS REASON
finish() {
  trap '' TERM INT HUP ALRM
  # The signal may have come between the start of sshd and the note of its number.
  if [ -z "$listener" ] && [ "$!" != "$log" ]; then listener=$!; fi
  kill "$ticker" 2>/dev/null
  end_sessions
  # More than once: a child that has just been forked still has this shell's traps, and misses the first.
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    kill "$listener" 2>/dev/null || break
    sleep 0.03 &
    wait $!
  done
  exec 3>&-
  wait "$log"
  printf 'fargate-login: end reason="%s" status=%s%s\n' "$2" "$1" "$suffix" >&2
  rm -rf -- "$private"
  exit "$1"
}

# check_limits: called about once a second. $accepted is how many logins log.sh has seen, however short they were.
check_limits() {
  now
  read -r accepted <"$private/accepted" || accepted=$served
  if [ $((now - started)) -ge "$max_lifetime" ]; then
    finish 0 "the lifetime of $max_lifetime s is over"
  elif [ "$accepted" -eq 0 ]; then
    [ $((now - started)) -lt "$connect_grace" ] || finish 0 "nobody logged in within $connect_grace s"
  elif [ "$accepted" -ne "$served" ] || connected || kept; then
    served=$accepted
    idle_since=''
  elif [ -z "$idle_since" ]; then
    idle_since=$now
  else
    echo "$private: idle after $served" >&3
    [ $((now - idle_since)) -lt "$linger" ] || finish 0 "nobody has been connected for $linger s"
  fi
}

now
started=$now
served=0
idle_since=''
ticker=''
listener=''

# sshd logs into a FIFO; log.sh makes lines for people of it. Its end of writing is kept open here as well, for what it
# is told in check_limits.
mkfifo -m 600 "$private/log"
"$sh" "$here/log.sh" <"$private/log" &
log=$!
exec 3>"$private/log"
rm -f "$private/log"

trap 'finish 143 SIGTERM' TERM
trap 'finish 130 SIGINT' INT
trap 'finish 129 SIGHUP' HUP
trap : ALRM

"$sshd" -D -e -f "$private/sshd_config" </dev/null >&3 2>&3 3>&- &
listener=$!

# The clock: a signal each second, so that the wait below is for sshd, the orphans and the limits at the same time.
# Should this shell be killed the hard way, where it is not PID 1, the clock is what cleans up.
(
  trap '' HUP
  while kill -s ALRM $$; do sleep 1; done
  end_sessions
  kill "$listener"
  rm -rf -- "$private"
) </dev/null >/dev/null 2>&1 3>&- &
ticker=$!

while :; do
  wait "$listener"
  status=$?
  kill -0 "$listener" 2>/dev/null || finish 69 "sshd ended with status $status"
  check_limits
done
