# Writes warnings on the terminals of the sessions.

# warn TEXT: puts it on every terminal, by way of announce.
warn() {
  printf '%s\n' "$1" 2>/dev/null >&5
}

# announce: puts each line of its input on every terminal of a session. A process of its own: it starts others, and where
# there are none to be had its shell may end.
announce() {
  : "${private:?}"
  trap '' TERM INT HUP
  while IFS= read -r text; do
    for file in "$private/terminals"/*; do
      read -r pid terminal 2>/dev/null <"$file" || continue
      # Another session may have the terminal's number by now.
      if leads_terminal "$pid" "$terminal"; then write_to "$terminal" "$text"; fi
    done
  done
  wait
}

# write_to TERMINAL TEXT: without waiting. A terminal may be stopped (Ctrl-S), or its client be gone. So after a second a
# child of the writer kills it, which cannot mistake another process for it.
write_to() {
  # shellcheck disable=SC2016 # for the other shell
  "${sh:?}" -c '
    { sleep 1; kill -s KILL $$; } &
    printf "\r\nfargate-login: %s\r\n" "$2" >"$1"
    kill -s KILL $!
  ' sh "$1" "$2" </dev/null >/dev/null 2>&1 &
}
