# Looks at processes by way of ps, where there is no /proc, as on macOS. proc.sh has the same functions for Linux.

now() {
  now=$(date +%s)
}

# children PID: sets $children. Not $(...), which would itself be a child of this shell.
children() {
  children=''
  ps -A -o pid= -o ppid= >"${private:?}/processes"
  while read -r pid parent; do
    if [ "$parent" = "$1" ]; then children="$children $pid"; fi
  done <"$private/processes"
}

title() {
  title=$(ps -o command= -p "$1")
}

leads_terminal() {
  [ "/dev/$(ps -o tty= -p "$1" | tr -d ' ')" = "$2" ]
}

# ignores_sigterm: only PID 1 asks, which is on Linux.
ignores_sigterm() {
  return 1
}
