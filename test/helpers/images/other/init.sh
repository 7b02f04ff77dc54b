#!/bin/bash
# As linuxserver/openssh-server: sshd runs as the one user that it lets in.
set -e
user=${USER_NAME:-linuxserver.io}
mkdir -p /config/.ssh /config/sshd
echo "$user:x:${PUID:-911}:${PGID:-911}::/config:/bin/bash" >>/etc/passwd
echo "$user:x:${PGID:-911}:" >>/etc/group
echo "$PUBLIC_KEY" >/config/.ssh/authorized_keys
ssh-keygen -q -t ed25519 -N '' -f /config/sshd/host_key
printf '%s\n' "Port ${LISTEN_PORT:-2222}" 'PidFile none' 'PasswordAuthentication no' >/config/sshd/sshd_config
chown -R "${PUID:-911}:${PGID:-911}" /config
chmod 700 /config/.ssh
exec setpriv --reuid="${PUID:-911}" --regid="${PGID:-911}" --clear-groups \
  /usr/sbin/sshd -D -e -f /config/sshd/sshd_config -h /config/sshd/host_key
