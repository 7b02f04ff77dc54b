#!/bin/sh
# A session in another container of the same task: with its files, its user and its environment, for `--enter`. The task
# needs "pidMode": "task", and this container CAP_SYS_PTRACE. Arguments: where the toolkit is, and NAME:RUNTIME_ID of the
# other container; session.sh becomes this.
toolkit=$1
container=$2

case ${SSH_ORIGINAL_COMMAND-} in
  "$toolkit/libexec/sftp-server") exec "$toolkit/libexec/enter" "$container" sftp "$SSH_ORIGINAL_COMMAND" ;;
esac
exec "$toolkit/libexec/enter" "$container" shell "$toolkit/bin/busybox" ${SSH_ORIGINAL_COMMAND+"$SSH_ORIGINAL_COMMAND"}
