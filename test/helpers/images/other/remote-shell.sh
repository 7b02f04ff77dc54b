#!/bin/sh
# As webdestroya/remote-shell where it cannot reach GitHub, from which it takes its keys.
echo 'Received error when loading keys' >&2
exit 1
