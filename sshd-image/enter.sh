#!/bin/sh
# A session in another container of the same task: with its files, its user and its environment, for `--enter`. The task
# needs "pidMode": "task", and this container CAP_SYS_PTRACE. Arguments: where the toolkit is, and NAME:RUNTIME_ID of the
# other container; session.sh becomes this. It lies in the private directory, with shell.sh beside it.
toolkit=$1
container=$2

case ${SSH_ORIGINAL_COMMAND-} in
  "$toolkit/libexec/sftp-server") exec "$toolkit/libexec/enter" "$container" "$SSH_ORIGINAL_COMMAND" sftp-server ;;
esac
# What runs inside, in the toolkit's busybox; afterwards it is the other container's own shell, if it has one.
# shellcheck disable=SC2016 # for the shell inside
inside=$(cat "${0%/*}/shell.sh")'
account /etc/passwd "$(id -u)" || name="" home=/ login_shell=""
[ -n "${HOME-}" ] || export HOME="$home"
[ -z "$name" ] || export USER="${USER-$name}" LOGNAME="${LOGNAME-$name}"
[ ! -t 0 ] || export LANG="${LANG-C.UTF-8}"
if find_shell "$login_shell" ""; then export SHELL="$shell"; else shell=sh; fi
[ $# -gt 0 ] || exec "$shell"
export SHLVL=1
exec "$shell" -c "$1"'
exec "$toolkit/libexec/enter" "$container" "$toolkit/bin/busybox" sh -c "$inside" sh ${SSH_ORIGINAL_COMMAND+"$SSH_ORIGINAL_COMMAND"}
