#!/bin/sh
# Runs sshd, enforces the time limits, and is a good PID 1: reaps what is orphaned, obeys SIGTERM at once, and
# leaves no session and no file behind. Started by entrypoint.sh, which passes its settings as variables:
# sh, sshd, private, connect_grace, linger, max_lifetime; fingerprints, start and suffix are for log.sh.
set -u
: "${sh:?}" "${sshd:?}" "${private:?}" "${connect_grace:?}" "${linger:?}" "${max_lifetime:?}" "${suffix?}"
here=${0%/*}
for part in processes crowd terminals end-sessions; do
  # shellcheck source=/dev/null # beside this file
  . "$here/$part.sh"
done

# finish STATUS REASON [WORDS]: ends everything, and tells those on a terminal WORDS, or the reason.
finish() {
  trap '' TERM INT HUP ALRM
  last_status=$1 last_reason=$2
  # Should something be missing for the steps below, such as a process, the rest of them falls out.
  trap farewell EXIT
  # The signal may have come between the start of sshd and the note of its number.
  if [ -z "$listener" ] && [ "$!" != "$herald" ]; then listener=$!; fi
  kill "$ticker" 2>/dev/null
  if crowded; then freeze; fi
  warn "${3:-this task ends, as $2}"
  exec 5>&-
  gone "$herald" 15
  end_sessions
  # More than once: a child that has just been forked still has this shell's traps, and misses the first.
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    reap
    kill "$listener" 2>/dev/null || break
    kill -s CONT "$listener" 2>/dev/null
    pause 0.03
  done
  # log.sh ends when nobody can write any more, which is at once.
  exec 3>&-
  gone "$log" 20 || kill -s KILL "$log" 2>/dev/null
  exit "$1"
}

# farewell: what has to be done and said in any case.
farewell() {
  trap 'exit "$last_status"' EXIT
  printf 'fargate-login: end reason="%s" status=%s%s\n' "$last_reason" "$last_status" "$suffix" >&2
  rm -rf -- "$private"
  exit "$last_status"
}

# check_limits: called about once a second, after now. $accepted is how many logins log.sh has seen, however short they were.
# shellcheck disable=SC2154 # processes.sh sets now
check_limits() {
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
minute=$now
reminders=''
for minutes in 5 1; do
  [ "$max_lifetime" -le $((minutes * 60)) ] || reminders="$reminders$minutes "
done
served=0
idle_since=''
ticker=''
listener=''

# sshd logs into a FIFO; log.sh makes lines for people of it. Its end of writing is kept open here as well, for what it
# is told in check_limits.
mkdir -m 700 "$private/terminals"
mkfifo -m 600 "$private/log" "$private/words" "$private/nothing"
"$sh" "$here/log.sh" <"$private/log" &
log=$!
tell_terminals <"$private/words" &
herald=$!
exec 3>"$private/log" 5>"$private/words"
# For pause: open for writing, too, so that reading waits.
exec 4<>"$private/nothing"
rm -f "$private/log" "$private/words" "$private/nothing"

trap 'finish 143 SIGTERM "this task is being stopped (SIGTERM)"' TERM
trap 'finish 130 SIGINT "this task is being stopped (SIGINT)"' INT
trap 'finish 129 SIGHUP "this task is being stopped (SIGHUP)"' HUP
trap : ALRM

"$sshd" -D -e -f "$private/sshd_config" </dev/null >&3 2>&3 3>&- 4>&- 5>&- &
listener=$!

# The clock: a signal each second, so that the wait below is for sshd, the orphans and the limits at the same time.
# Should this shell be killed the hard way, where it is not PID 1, the clock is what cleans up.
(
  trap '' HUP
  while kill -s ALRM $$; do pause 1; done
  end_sessions
  kill "$listener"
  kill -s CONT "$listener"
  rm -rf -- "$private"
) </dev/null >/dev/null 2>&1 3>&- 5>&- &
ticker=$!

while :; do
  wait "$listener"
  status=$?
  kill -0 "$listener" 2>/dev/null || finish 69 "sshd ended with status $status"
  now
  check_limits
  remind
  make_room
  if [ $((now - minute)) -ge 60 ]; then
    minute=$now
    echo "$private: a minute" >&3
  fi
done
