# How long a client may be gone before the image notices.

# client_timeout_config: prints sshd's lines for FARGATE_LOGIN_CLIENT_TIMEOUT. sshd asks a silent client for a sign of life
# at each interval, three times, and gives it up at the fourth.
client_timeout_config() {
  : "${client_timeout:?}"
  printf 'ClientAliveInterval %s\nClientAliveCountMax 3\n' "$((client_timeout / 4))"
}
