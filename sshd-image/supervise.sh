#!/bin/sh
# Runs sshd, enforces the time limits, and is a good PID 1: reaps orphans, obeys SIGTERM at once, and leaves no session and
# no file behind. boot/supervisor.sh starts it with its settings as variables.
set -u
: "${server:?}" "${sh:?}" "${sshd:?}" "${private:?}" "${suffix?}"
here=${0%/*}
. "$here/server/$server.sh"
if [ -r /proc/uptime ]; then . "$here/supervise/proc.sh"; else . "$here/supervise/ps.sh"; fi
for part in processes connections limits terminals end-sessions finish; do
  . "$here/supervise/$part.sh"
done

listener='' clock=''
start_limits

# sshd logs into a FIFO, of which log.sh makes lines for people. This shell writes there, too: see limits.sh.
mkfifo -m 600 "$private/log" "$private/warnings" "$private/nothing"
"$sh" "$here/supervise/log.sh" <"$private/log" &
log=$!
announce <"$private/warnings" &
announcer=$!
exec 3>"$private/log" 5>"$private/warnings"
# For pause in toolkit.sh: open for writing, too, so that reading waits.
exec 4<>"$private/nothing"
rm -f "$private/log" "$private/warnings" "$private/nothing"

trap 'finish 143 SIGTERM "this task is being stopped (SIGTERM)"' TERM
trap 'finish 130 SIGINT "this task is being stopped (SIGINT)"' INT
trap 'finish 129 SIGHUP "this task is being stopped (SIGHUP)"' HUP
trap : ALRM

"$sshd" -D -e -f "$private/sshd_config" </dev/null >&3 2>&3 3>&- 4>&- 5>&- &
listener=$!

# The clock: a signal each second, so that the wait below is for sshd, the orphans and the limits at the same time. If
# this shell is killed the hard way where it is not PID 1, the clock cleans up.
(
  trap '' HUP
  while kill -s ALRM $$; do pause 1; done
  end_sessions
  kill "$listener"
  kill -s CONT "$listener"
  rm -rf -- "$private"
) </dev/null >/dev/null 2>&1 3>&- 5>&- &
clock=$!

: "${started:?}" "${now:?}"
minute=$started
while :; do
  wait "$listener"
  status=$?
  kill -0 "$listener" 2>/dev/null || finish 69 "sshd ended with status $status"
  now
  check_limits
  remind
  if [ $((now - minute)) -ge 60 ]; then
    minute=$now
    echo "$private: a minute" >&3
  fi
done
