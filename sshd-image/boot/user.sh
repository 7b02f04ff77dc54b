# The user of the container, which is the user of the sessions.

# find_user: sets uid, name, home and login_shell from /etc/passwd or, for a user whom it does not name, from the
# container; then user and shell, as the server needs them.
find_user() {
  uid=$(id -u)
  if ! account /etc/passwd "$uid"; then
    name=uid$uid home=${HOME:-/} login_shell=''
    [ "$uid" -ne 0 ] || name=root
  fi
  find_server_user
}
