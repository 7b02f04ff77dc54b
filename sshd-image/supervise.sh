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

# pause SECONDS. The toolkit's shell waits without a child: where processes multiply, there may be none to be had, and a
# shell that cannot fork ends.
pause() {
  if [ -n "${TOOLKIT_PASSWD-}" ]; then
    # shellcheck disable=SC3045 # busybox has it
    read -r -t "$1" _ <&4 || :
  else
    sleep "$1" &
    wait $!
  fi
}

# reap: buries the dead, for whom kill -0 would succeed. What jobs prints is of no interest.
reap() {
  jobs >/dev/null 2>&1
}

# gone PID TENTHS: waits until that child of ours has ended, but not for longer.
gone() {
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

# logged_in PID: does this child of the listener serve somebody who has logged in? It does so itself or, where sshd
# separates privileges, its child does; then it is called "NAME [priv]", from the time that the client gave the name.
logged_in() {
  if authenticated "$1"; then return 0; fi
  case $title in *' [priv]') ;; *) return 1 ;; esac
  children "$1"
  for process in $children; do
    if authenticated "$process"; then return 0; fi
  done
  return 1
}

# connected: is anybody logged in? Told by ancestry, because other sshds may run on this machine.
connected() {
  children "$listener"
  # shellcheck disable=SC2086
  set -- $children
  for connection; do
    if logged_in "$connection"; then return 0; fi
  done
  return 1
}

# openers: sets $openers to the number of connections that have not logged in, as sshd counts them (MaxStartups).
openers() {
  title "$listener"
  openers=0
  case $title in
    *'[listener] '*' of '*)
      openers=${title##*'[listener] '}
      openers=${openers%% *}
      ;;
  esac
}

# make_room: where openers crowd, they have a second or two instead of LoginGraceTime; first those that have not named a
# user (which takes a key exchange), the oldest first. And new ones are let in a moment each second: the kernel makes the
# others wait in a queue and ask ever more rarely, where sshd would turn them away, to ask again at once and by thousands.
# So each comes to its turn, and a login is one of them.
make_room() {
  openers
  [ "$openers" -gt 125 ] || return 0
  kill -s STOP "$listener"
  surplus=$((openers - 125))
  children "$listener"
  connections=$children
  for stage in '[accepted]' '[priv]'; do
    # shellcheck disable=SC2086
    set -- $connections
    for connection; do
      [ "$surplus" -gt 0 ] || break
      title "$connection"
      case $title in *" $stage") ;; *) continue ;; esac
      if [ "$stage" = '[priv]' ] && logged_in "$connection"; then continue; fi
      # The signal with which sshd itself says that the time is over.
      kill -s ALRM "$connection" 2>/dev/null
      surplus=$((surplus - 1))
    done
  done
  kill -s CONT "$listener"
  for _ in 1 2 3 4 5 6 7 8; do
    pause 0.05
    openers
    if [ "$openers" -ge 250 ]; then
      kill -s STOP "$listener"
      return
    fi
  done
}

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

# on_terminal PID TERMINAL: does the terminal still belong to the session that named it, in session.sh? Its number may have
# gone to somebody else since, the session's process then has none or has ended.
on_terminal() {
  if [ ! -d /proc/self ]; then
    [ "/dev/$(ps -o tty= -p "$1" | tr -d ' ')" = "$2" ]
    return
  fi
  read -r line 2>/dev/null <"/proc/$1/stat" || return 1
  number=${2#/dev/pts/}
  case $number in '' | *[!0-9]*) return 1 ;; esac
  # Behind "PID (NAME)": state, parent, group, session, terminal; /dev/pts/N is device 136:N, the low byte of N at the end.
  # shellcheck disable=SC2086
  set -- "$1" ${line##*") "}
  [ "$5" = "$1" ] && [ "$6" -eq $((34816 | (number & 255) | (number >> 8 << 20))) ]
}

# write_to TERMINAL WORDS: without waiting. A terminal may be stopped (Ctrl-S), or its client be gone: after a second the
# writer is killed, by a child of its own, which cannot mistake somebody else for it.
write_to() {
  # shellcheck disable=SC2016 # for the other shell
  "$sh" -c '
    { sleep 1; kill -s KILL $$; } &
    printf "\r\nfargate-login: %s\r\n" "$2" >"$1"
    kill -s KILL $!
  ' sh "$1" "$2" </dev/null >/dev/null 2>&1 &
}

# tell_terminals: puts each line of its input on every terminal of a session. A process of its own, see pause.
tell_terminals() {
  trap '' TERM INT HUP
  while IFS= read -r words; do
    for file in "$private/terminals"/*; do
      read -r pid terminal 2>/dev/null <"$file" || continue
      if on_terminal "$pid" "$terminal"; then write_to "$terminal" "$words"; fi
    done
  done
  wait
}

# warn WORDS: onto every terminal of a session.
warn() {
  printf '%s\n' "$1" 2>/dev/null >&5
}

# remind: tells those on a terminal when the lifetime is nearly over.
remind() {
  for minutes in $reminders; do
    [ $((now - started + minutes * 60)) -ge "$max_lifetime" ] || continue
    reminders=${reminders#"$minutes "}
    plural=s
    [ "$minutes" -ne 1 ] || plural=''
    warn "this task ends in $minutes minute$plural, as its lifetime is $max_lifetime s"
  done
}

# check_limits: called about once a second. $accepted is how many logins log.sh has seen, however short they were.
check_limits() {
  read -r accepted <"$private/accepted" || accepted=$served
  if [ $((now - started)) -ge "$max_lifetime" ]; then
    finish 0 "the lifetime of $max_lifetime s is over"
  elif [ "$accepted" -eq 0 ]; then
    [ $((now - started)) -lt "$connect_grace" ] || finish 0 "nobody logged in within $connect_grace s"
  elif [ "$accepted" -ne "$served" ] || connected; then
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
