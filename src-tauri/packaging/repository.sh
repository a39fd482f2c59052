#!/usr/bin/env bash
# Makes or extends a signed apt repository of Tapdesk's packages: `./dev package --repo`, or by itself with .deb files.
set -euo pipefail

usage() {
  cat <<'TEXT'
repository.sh [DIR] [--key KEYID …] [--new-key] [--url URL] [--valid-days N] [PACKAGE.deb …]

Adds the packages to the repository in DIR (target/repository) and signs it anew. Older versions stay in pool/: a kiosk
needs the one that it runs as its way back. Without packages it is only signed anew.

  --key KEYID      the signing key, in your gpg home (GNUPGHOME), which must hold its secret part; once more for each further
                   key: all of them sign, and all are in the keyring
  --new-key        makes one there, without a passphrase, named "Tapdesk packages": back it up, and keep it off the web server
  --url URL        where DIR will be served, for tapdesk.sources (https://packages.example.org/tapdesk)
  --valid-days N   for how many days the signature is good (30): sign again before that, or kiosks refuse the repository

Serve DIR as it is by any web server. Kiosks need two files of it:
  tapdesk-archive-keyring.gpg   to /usr/share/keyrings/
  tapdesk.sources               to /etc/apt/sources.list.d/

To change keys: sign with --key OLD --new-key, and from then on with --key OLD --key NEW. Give each kiosk the keyring anew; when
all have it, sign with --key NEW alone. A kiosk that was left out takes no update until it has the keyring.
TEXT
}

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

repository='' keys=() new_key='' url=https://packages.example.org/tapdesk valid_days=30 packages=()
while (($#)); do
  case $1 in
    --key) keys+=("${2:?--key needs a key id}") && shift ;;
    --new-key) new_key=yes ;;
    --url) url=${2:?--url needs an address} && shift ;;
    --valid-days) valid_days=${2:?--valid-days needs a number} && shift ;;
    -h | --help) usage && exit ;;
    *.deb) packages+=("$(realpath -e -- "$1")") ;;
    -*) usage >&2 && fail "" "What is '$1'?" ;;
    *) [[ -z $repository ]] && repository=$1 || fail "One folder, not two: '$repository' and '$1'." ;;
  esac
  shift
done
repository=${repository:-$(dirname -- "${BASH_SOURCE[0]}")/../../target/repository}
[[ $valid_days =~ ^[1-9][0-9]{0,3}$ ]] || fail "--valid-days is a number of days, such as 30."

for program in apt-ftparchive dpkg-deb gpg xz gzip; do
  command -v "$program" >/dev/null || fail "$program is missing: install apt-utils, dpkg, gnupg, xz-utils and gzip."
done

# A name that fits two keys would sign with one and hand out both.
secret_keys() {
  { gpg --batch --with-colons --list-secret-keys -- "$1" 2>/dev/null || true; } |
    awk -F: '$1 == "sec" { own = 1 } $1 == "fpr" && own { print $10; own = 0 }'
}

signers=()
for key in "${keys[@]}"; do
  mapfile -t found < <(secret_keys "$key")
  ((${#found[@]} > 0)) ||
    fail "gpg has no secret key $key in ${GNUPGHOME:-its home}: name another with --key, or make one with --new-key."
  ((${#found[@]} == 1)) || fail "'$key' names ${#found[@]} keys: name the one you mean by its fingerprint:" "${found[@]}"
  signers+=("${found[0]}")
done
if [[ -n $new_key ]]; then
  # Kiosks that know the old one would refuse what the new one alone has signed.
  ((${#signers[@]} > 0)) || [[ -z $(secret_keys "Tapdesk packages") ]] ||
    fail "There is a key already: name it with --key. To change keys, give both: --key OLD --new-key."
  key=$(gpg --batch --yes --quiet --status-fd 1 --passphrase '' --quick-generate-key "Tapdesk packages" ed25519 sign never |
    sed -n 's/^\[GNUPG:\] KEY_CREATED P //p')
  [[ -n $key ]] || fail "gpg made no key: what it says stands above."
  printf 'new key: %s\nBack it up: gpg --export-secret-keys --armor %s\n' "$key" "$key"
  signers+=("$key")
fi
((${#signers[@]} > 0)) || fail "Which key signs? Name one with --key KEYID, or make one with --new-key." "" "$(usage)"

mkdir -p "$repository"
cd -- "$repository"
for package in "${packages[@]}"; do
  name=$(dpkg-deb --field "$package" Package)
  file=pool/main/${name:0:1}/$name/${name}_$(dpkg-deb --field "$package" Version)_$(dpkg-deb --field "$package" Architecture).deb
  # Without its epoch, as Debian's own archive has it.
  file=${file/_[0-9]*:/_}
  if [[ -e $file ]]; then
    # What kiosks have fetched under a version must never be something else.
    cmp -s -- "$package" "$file" || fail "$file is there already, with other content: raise the version, then build again."
    continue
  fi
  mkdir -p "${file%/*}"
  cp -- "$package" "$file.new"
  mv -- "$file.new" "$file"
done
[[ -d pool ]] || fail "There is no package in $PWD: name .deb files."

# In a folder of its own, and then in one go: whoever reads meanwhile must not get half of it.
rm -rf dists.new
mkdir -p dists.new/stable/main
mapfile -t architectures < <(find pool -name '*.deb' -printf '%f\n' | sed 's/.*_\(.*\)\.deb$/\1/' | grep -vx all | sort -u)
((${#architectures[@]})) || architectures=("$(dpkg --print-architecture)")
for architecture in "${architectures[@]}"; do
  index=dists.new/stable/main/binary-$architecture
  mkdir -p "$index"
  apt-ftparchive --arch "$architecture" packages pool >"$index/Packages"
  gzip --no-name --best --keep "$index/Packages"
  xz --keep "$index/Packages"
done

apt-ftparchive \
  -o APT::FTPArchive::Release::Origin=Tapdesk -o APT::FTPArchive::Release::Label=Tapdesk \
  -o APT::FTPArchive::Release::Suite=stable -o APT::FTPArchive::Release::Codename=stable \
  -o APT::FTPArchive::Release::Components=main -o APT::FTPArchive::Release::Architectures="${architectures[*]}" \
  -o APT::FTPArchive::Release::Description="Tapdesk, the front-desk check-in kiosk" \
  -o APT::FTPArchive::Release::Acquire-By-Hash=yes \
  -o APT::FTPArchive::Release::ValidTime=$((valid_days * 86400)) \
  -o APT::FTPArchive::DoByHash=true \
  release dists.new/stable >Release.new
mv Release.new dists.new/stable/Release

# A kiosk that has read the Release of before finds its lists for a while: by their hash. What is older than that goes.
if [[ -d dists ]]; then
  for architecture in "${architectures[@]}"; do
    for kind in MD5Sum SHA1 SHA256 SHA512; do
      old=dists/stable/main/binary-$architecture/by-hash/$kind new=dists.new/stable/main/binary-$architecture/by-hash/$kind
      [[ -d $old && -d $new ]] || continue
      find "$old" -type f -mtime -30 -exec cp -n -p -t "$new" {} +
    done
  done
fi

users=() && for key in "${signers[@]}"; do users+=(--local-user "$key"); done
sign() { gpg --batch --yes --quiet "${users[@]}" --digest-algo SHA512 "$@"; }
sign --armor --detach-sign --output dists.new/stable/Release.gpg dists.new/stable/Release
sign --clear-sign --output dists.new/stable/InRelease dists.new/stable/Release

gpg --batch --quiet --export -- "${signers[@]}" >tapdesk-archive-keyring.gpg.new
mv tapdesk-archive-keyring.gpg.new tapdesk-archive-keyring.gpg
cat >tapdesk.sources <<TEXT
# Tapdesk's packages: this file belongs into /etc/apt/sources.list.d, the keyring beside it into /usr/share/keyrings.
Types: deb
URIs: $url
Suites: stable
Components: main
Architectures: ${architectures[*]}
Signed-By: /usr/share/keyrings/tapdesk-archive-keyring.gpg
Check-Valid-Until: yes
Check-Date: yes
TEXT

rm -rf dists.old
[[ ! -d dists ]] || mv dists dists.old
mv dists.new dists
rm -rf dists.old
printf 'repository: %s\n' "$PWD"
printf 'packages: %s, valid until %s\n' "$(find pool -name '*.deb' | wc -l)" "$(sed -n 's/^Valid-Until: //p' dists/stable/Release)"
