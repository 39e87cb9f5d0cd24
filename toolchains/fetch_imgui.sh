#!/usr/bin/env bash
# Fetches Dear ImGui (1.92 or later) as Debian's source package into a folder of the build tree:
#   fetch_imgui.sh FOLDER   →  FOLDER/source/imgui.h …, FOLDER/version
# Uses a private apt in FOLDER whose address comes from this machine's own apt and whose index is signed; /etc/apt stays
# as it is, root is not needed. The tarball's hash must be the one in imgui.lock where that names its version.
set -euo pipefail

folder=$(mkdir -p "$1" && cd "$1" && pwd)
lock=$(cd "$(dirname "$0")" && pwd)/imgui.lock
suite=${PARLEY_IMGUI_SUITE:-forky}

fail() {
  printf 'Dear ImGui could not be fetched: %s\n' "$1" >&2
  printf 'Set PARLEY_IMGUI_DIR to a folder with Dear ImGui 1.92 or later (imgui.h, backends/) to go without.\n' >&2
  exit 1
}

# Two configurations at once: the second waits for the first and finds its result.
exec 9>"$folder/lock"
flock 9
[ -f "$folder/source/imgui.h" ] && exit 0

for tool in apt-get dpkg-source xz; do
  command -v "$tool" >/dev/null || fail "$tool is missing (Debian packages: apt, dpkg-dev, xz-utils; ./dev build installs them)"
done
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
[ -r "$keyring" ] || fail "$keyring is missing (Debian package debian-archive-keyring)"

. /etc/os-release
uri=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' "Codename: ${VERSION_CODENAME:-}" 'Component: main' | head -n1)
[ -n "$uri" ] || fail "apt has no index of this release's main component (run apt-get update first)"

rm -rf "$folder/parts" "$folder/fetched"
mkdir -p "$folder"/{parts,fetched,lists/partial,cache/archives/partial}
printf '%s\n' 'Types: deb-src' "URIs: $uri" "Suites: $suite" 'Components: main' "Signed-By: $keyring" >"$folder/parts/imgui.sources"
# A mirror that lags behind gives an index past its date. It is signed all the same, and what comes is named by its hash.
cat >"$folder/apt.conf" <<CONF
Acquire::Check-Valid-Until "false";
Dir::Etc::SourceList "/dev/null";
Dir::Etc::SourceParts "$folder/parts";
Dir::Etc::PreferencesParts "/dev/null";
Dir::State::Lists "$folder/lists";
Dir::Cache "$folder/cache";
APT::Sandbox::User "root";
CONF
export APT_CONFIG="$folder/apt.conf"
apt-get -q update >"$folder/log" 2>&1 || { tail -n 5 "$folder/log" >&2; fail "the index of $suite could not be read"; }

recorded=$(awk '!/^#/ && NF == 2 { print $1; exit }' "$lock")
cd "$folder/fetched"
if ! { [ -n "$recorded" ] && apt-get -q source --only-source --download-only "imgui=$recorded" >>"$folder/log" 2>&1; }; then
  apt-get -q source --download-only imgui >>"$folder/log" 2>&1 || { tail -n 5 "$folder/log" >&2; fail "$suite has no source package imgui"; }
fi
description=$(ls imgui_*.dsc | head -n1)
version=$(sed -n 's/^Version: //p' "$description" | head -n1)
hash=$(sha256sum imgui_*.orig.tar.* | awk '{ print $1; exit }')
known=$(awk -v version="$version" '!/^#/ && $1 == version { print $2 }' "$lock")
if [ -z "$known" ]; then
  printf 'Warning: Dear ImGui %s is not the version that imgui.lock records (%s). If all is well, record it:\n%s %s\n' \
    "$version" "${recorded:-none}" "$version" "$hash" >&2
elif [ "$known" != "$hash" ]; then
  fail "the tarball of $version has SHA-256 $hash, imgui.lock says $known"
fi
dpkg-source --no-check -x "$description" unpacked >>"$folder/log" 2>&1 || { tail -n 5 "$folder/log" >&2; fail "the source package could not be unpacked"; }
rm -rf "$folder/source" "$folder/lists" "$folder/cache"
printf '%s %s\n' "$version" "$hash" >"$folder/version"
mv unpacked "$folder/source"
printf 'Dear ImGui %s fetched\n' "$version"
