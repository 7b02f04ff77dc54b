#!/bin/bash
# As panubo/sshd: makes the users, and takes no key from a variable.
set -e
ssh-keygen -A
IFS=,
for entry in $SSH_USERS; do
  IFS=: read -r name uid gid shell <<<"$entry"
  groupadd -g "$gid" "$name"
  useradd -r -m -p '' -u "$uid" -g "$gid" -s "$shell" "$name"
done
[ "$SSH_ENABLE_ROOT" != true ] || usermod -p '' root
exec "$@"
