#!/bin/bash
# As the image of ecs-fargate-login: root alone, and the end of the first session ends sshd, which is process 1.
set -e
[ -n "$_AUTHORIZED_PUBLIC_KEY" ] || { echo '_AUTHORIZED_PUBLIC_KEY is not set' >&2; exit 1; }
export -p >/etc/container-environment
cat >/bin/session-shell <<'EOF'
#!/bin/bash
. /etc/container-environment
/bin/bash --login "$@"
kill -TERM 1
EOF
chmod 755 /bin/session-shell
usermod -s /bin/session-shell root
echo "$_AUTHORIZED_PUBLIC_KEY" >/root/.ssh/authorized_keys
ssh-keygen -A
exec /usr/sbin/sshd -D -e
