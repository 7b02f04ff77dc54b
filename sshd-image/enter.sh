#!/bin/sh
# A session in another container of the same task: with its files, its user and its environment, for `--enter`. The task
# needs "pidMode": "task", and this container CAP_SYS_PTRACE. Arguments: where the toolkit is, and NAME:RUNTIME_ID of the
# other container; session.sh becomes this.
toolkit=$1
name=${2%%:*}
id=${2#*:}

fail() {
  printf 'fargate-login: %s %s\n' "$1" "$2" >&2
  exit 69
}

case $id in
  '' | *[!A-Za-z0-9-]*)
    fail 'FARGATE_LOGIN_ENTER is not NAME:RUNTIME_ID.' 'Use fargate-login --enter NAME.' ;;
esac

# belongs DIRECTORY: is the process of this /proc directory one of the wanted container? Its runtime ID is in the names of
# its control group, of the files that the engine mounts into it, or in what ECS has set for it.
belongs() {
  grep -qsF -e "$id" "$1/cgroup" "$1/mountinfo" ||
    tr '\000' '\n' 2>/dev/null <"$1/environ" | grep -qF -e "ECS_CONTAINER_METADATA_URI_V4=http://169.254.170.2/v4/$id"
}

# The first process of the container has the smallest number.
pid=''
for directory in /proc/[0-9]*; do
  candidate=${directory#/proc/}
  [ -z "$pid" ] || [ "$candidate" -lt "$pid" ] || continue
  if belongs "$directory" 2>/dev/null; then pid=$candidate; fi
done
[ -n "$pid" ] ||
  fail "no process of container $name can be seen from here." 'The task definition needs "pidMode": "task", this container the capability SYS_PTRACE, and the other one has to be running.'

case ${SSH_ORIGINAL_COMMAND-} in
  "$toolkit/libexec/sftp-server") exec "$toolkit/libexec/enter" "$pid" "$SSH_ORIGINAL_COMMAND" sftp-server ;;
esac
# What runs inside, in the toolkit's busybox; afterwards it is the other container's own shell, if it has one.
# shellcheck disable=SC2016 # for the shell inside
inside=$(cat "$toolkit/shell.sh")'
account /etc/passwd "$(id -u)" || name="" home=/ login_shell=""
[ -n "${HOME-}" ] || export HOME="$home"
[ -z "$name" ] || export USER="${USER-$name}" LOGNAME="${LOGNAME-$name}"
[ -z "${SSH_TTY-}" ] || export LANG="${LANG-C.UTF-8}"
if find_shell "$login_shell" ""; then export SHELL="$shell"; else shell=sh; fi
[ $# -gt 0 ] || exec "$shell"
export SHLVL=1
exec "$shell" -c "$1"'
exec "$toolkit/libexec/enter" "$pid" "$toolkit/bin/busybox" sh -c "$inside" sh ${SSH_ORIGINAL_COMMAND+"$SSH_ORIGINAL_COMMAND"}
