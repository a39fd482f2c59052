#!/bin/sh
# Plays apt, dpkg and systemd for the updater's tests: each of them is a link to this, beside a folder `world` with facts.
set -e
world=$(dirname "$0")/../world
echo "$(basename "$0") $*" >>"$world/log"
last() { for word; do :; done && echo "$word"; }

case $(basename "$0") in
  dpkg-query) printf '%s |%s\n' "$(cat "$world/status")" "$(cat "$world/installed")" ;;
  dpkg-deb) cat "$2" ;;
  apt-cache) printf 'tapdesk:\n  Installed: whatever\n  Candidate: %s\n' "$(cat "$world/candidate")" ;;
  dpkg) [ "$1" != --compare-versions ] || { [ "$2" != "$4" ] && [ "$(printf '%s\n%s\n' "$2" "$4" | sort -V | tail -n 1)" = "$2" ]; } ;;
  apt-get)
    case "$*" in
      *update) [ ! -e "$world/unreachable" ] || { echo "E: no answer" >&2 && exit 100; } ;;
      *download\ tapdesk=*)
        version=$(last "$@") && version=${version#tapdesk=}
        [ -e "$world/pool/$version" ] || { echo "E: Version '$version' for 'tapdesk' was not found" >&2 && exit 100; }
        printf 'Package: tapdesk\nVersion: %s\n' "$version" >"tapdesk_${version}_all.deb"
        ;;
      *--download-only*) ;;
      *install*)
        version=$(sed -n 's/^Version: //p' "$(last "$@")")
        [ ! -e "$world/refused/$version" ] || { echo "E: You don't have enough free space" >&2 && exit 100; }
        echo "$version" >"$world/installed"
        ;;
    esac
    ;;
  systemctl)
    case $1 in
      show)
        [ "$2" != --property=Environment ] || { cat "$world/unit/Environment" && exit; }
        for name in ActiveState ActiveEnterTimestampMonotonic NRestarts ExecMainStatus UnitFileState; do
          echo "$name=$(cat "$world/unit/$name")"
        done
        ;;
      stop) echo inactive >"$world/unit/ActiveState" ;;
      start)
        echo 0 >"$world/unit/NRestarts"
        if [ -e "$world/broken/$(cat "$world/installed")" ]; then
          echo 3 >"$world/unit/NRestarts"
          # It has changed the journal before it failed.
          echo "newer tables" >"$world/../home/.local/share/tapdesk/journal.sqlite"
          echo activating >"$world/unit/ActiveState"
        elif [ "$(cat "$world/unit/ActiveState")" != active ]; then
          echo $(($(cat "$world/unit/ActiveEnterTimestampMonotonic") + 1)) >"$world/unit/ActiveEnterTimestampMonotonic"
          echo active >"$world/unit/ActiveState"
        fi
        ;;
    esac
    ;;
esac
