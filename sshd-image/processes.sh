# Looks at processes, on Linux without starting any. To be sourced by supervise.sh; POSIX sh.
# shellcheck disable=SC2034,SC2154 # variables that supervise.sh has

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

# kept: does a program run that is meant to go on while nobody is connected?
kept() {
  for mark in "$private"/hold/*.kept; do
    read -r keeper 2>/dev/null <"$mark" || continue
    title "$keeper"
    case $title in */libexec/hold*) return 0 ;; esac
  done
  return 1
}
