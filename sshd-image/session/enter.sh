# A session in another container of the same task, for `--enter`: with its files, its user and its environment. The task
# needs "pidMode": "task", and this container CAP_SYS_PTRACE. session.sh becomes this. Arguments: where the toolkit is, and
# NAME:RUNTIME_ID of the other container.
toolkit=$1
container=$2

case ${SSH_ORIGINAL_COMMAND-} in
  "$toolkit/libexec/sftp-server") exec "$toolkit/libexec/enter" "$container" sftp "$SSH_ORIGINAL_COMMAND" ;;
esac
exec "$toolkit/libexec/enter" "$container" shell "$toolkit/bin/busybox" ${SSH_ORIGINAL_COMMAND+"$SSH_ORIGINAL_COMMAND"}
