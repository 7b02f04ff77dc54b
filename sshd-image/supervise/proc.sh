# Looks at processes by way of /proc, without starting any. ps.sh has the same functions for systems without /proc.

# now: sets $now to seconds that only go forward; date would jump with the clock, and cost a process each time.
now() {
  read -r now _ </proc/uptime
  now=${now%%.*}
}

# children PID: sets $children. Not $(...), which would itself be a child of this shell.
children() {
  children=''
  if [ -r "/proc/$$/task/$$/children" ]; then
    read -r children 2>/dev/null <"/proc/$1/task/$1/children"
    return
  fi
  # A kernel without that file (gVisor).
  for stat in /proc/[0-9]*/stat; do
    fields "$stat" || continue
    if [ "$parent" = "$1" ]; then children="$children $pid"; fi
  done
}

# title PID: sets $title to the process's command line, with which sshd says what it is doing.
title() {
  title=''
  IFS= read -r title 2>/dev/null <"/proc/$1/cmdline"
}

# leads_terminal PID TERMINAL: is it the first process of the session on that terminal?
leads_terminal() {
  fields "/proc/$1/stat" || return 1
  number=${2#/dev/pts/}
  case $number in '' | *[!0-9]*) return 1 ;; esac
  # /dev/pts/N is device 136:N, with the low byte of N at the end.
  [ "$session" = "$1" ] && [ "$device" -eq $((34816 | (number & 255) | (number >> 8 << 20))) ]
}

# ignores_sigterm PID
ignores_sigterm() {
  while read -r field mask; do
    [ "$field" != SigIgn: ] || break
  done 2>/dev/null <"/proc/$1/status"
  [ $((0x${mask#????????????} & 0x4000)) -ne 0 ] 2>/dev/null
}

# fields FILE: sets $pid, $parent, $session and $device from a /proc/PID/stat, "PID (NAME) STATE PARENT GROUP SESSION
# DEVICE ...", whose name may hold anything.
fields() {
  read -r line 2>/dev/null <"$1" || return 1
  pid=${line%% *}
  # shellcheck disable=SC2086 # words
  set -- ${line##*") "}
  parent=$2 session=$4 device=$5
}
