# Tells those on a terminal what is coming. To be sourced by supervise.sh; what is said goes through descriptor 5 to a
# process of its own.
# shellcheck disable=SC2034,SC2154 # variables that supervise.sh has

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
