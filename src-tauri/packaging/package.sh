# Makes the packages, for `./dev`, which sources this: Tauri's bundler makes them, then they are packed anew so that the
# same sources make the same bytes. What they hold beside the program stands in the file `files`.

packaging=$root/src-tauri/packaging
packaging_tools=$tools/packaging
# The bundler; what checks licences and the bill of materials.
packaging_npm=(@tauri-apps/cli@2.12.5 @cyclonedx/cyclonedx-library@10.3.0 ajv@8.20.0 ajv-formats@3.0.1
  ajv-formats-draft2019@1.6.1 spdx-expression-parse@5.0.0 spdx-license-list@6.12.0 spdx-satisfies@6.0.0)

ensure_packaging() {
  # Their dependencies are told as Debian's: elsewhere none are made.
  [[ $packager == apt ]] || return 0
  ensure_packages "${debian_packaging[@]}"
  [[ $(cat "$packaging_tools/pins" 2>/dev/null) != "${packaging_npm[*]}" ]] || return 0
  rm -rf "$packaging_tools"
  mkdir -p "$packaging_tools"
  # No scripts: nothing downloads more.
  run "the bundler" npm install --prefix "$packaging_tools" --no-package-lock --ignore-scripts --no-audit --no-fund \
    "${packaging_npm[@]}" || exit 1
  printf '%s\n' "${packaging_npm[*]}" >"$packaging_tools/pins"
}

# All times in the packages are that of the newest commit, unless whoever builds says otherwise.
know_time() {
  export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || true)}
  [[ -n $SOURCE_DATE_EPOCH ]] || fail "This is no git checkout: set SOURCE_DATE_EPOCH to the time of the sources, in seconds."
}

# No path of this machine gets into the program, by way of Rust's messages or of the C sources' own.
build_release() {
  local cargo_home=${CARGO_HOME:-$HOME/.cargo} path flags=() c_flags
  for path in "$root=/tapdesk" "$target=/target" "$cargo_home=/cargo"; do
    flags+=("--remap-path-prefix=$path") c_flags+=" -ffile-prefix-map=$path"
  done
  local IFS=$'\x1f'
  CARGO_ENCODED_RUSTFLAGS="${flags[*]}" CFLAGS="${CFLAGS:-}$c_flags" CXXFLAGS="${CXXFLAGS:-}$c_flags" \
    cargo build --release --locked -p tapdesk --bin tapdesk
}

# The licences and the bill of materials follow from what the sources name: made once for each such state.
make_parts() {
  local kept=$target/packages/parts fingerprint
  fingerprint=$({ cat Cargo.lock deny.toml "$packaging"/parts/*.mjs && page_fingerprint && echo "$SOURCE_DATE_EPOCH"; } | sha256sum)
  if [[ $(cat "$kept/fingerprint" 2>/dev/null) != "$fingerprint" ]]; then
    mkdir -p "$kept"
    node "$packaging/parts/write.mjs" "$root" "$packaging_tools" "$kept"
    printf '%s\n' "$fingerprint" >"$kept/fingerprint"
  fi
  cp "$kept/licences.txt" "$kept/tapdesk.cdx.json" "$1"
}

# Every key with its default, as the program tells them: all of it a comment, to be uncommented.
example_configuration() {
  printf '# Every key of Tapdesk with its default. Copy what you want to change to /etc/tapdesk/tapdesk.toml.\n\n'
  env -i PATH="$PATH" HOME=/var/lib/tapdesk TAPDESK_MANAGED_CONFIG= TAPDESK_SPACES__BUSINESS_ID=1 "$1" config |
    sed -e '/^# fingerprint/d' -e '/^# version is not set/d' -e '/^data_dir/d' -e 's/  # default$//' \
      -e 's/^spaces.business_id = .*/spaces.business_id = 0  # required: the Id of your location/' -e 's/^\([^#]\)/# \1/'
}

# What the program says of itself.
make_texts() {
  local program=$1 made=$2 shell
  "$program" generate man | gzip -9n >"$made/tapdesk.1.gz"
  for shell in bash zsh fish; do "$program" generate "$shell" >"$made/tapdesk.$shell"; done
  example_configuration "$program" >"$made/tapdesk.example.toml"
  printf 'tapdesk (%s) stable; urgency=medium\n\n  * As in the sources of this time; their history tells more.\n\n -- %s  %s\n' \
    "$version" "$maintainer" "$(LC_ALL=C date -uRd "@$SOURCE_DATE_EPOCH")" | gzip -9n >"$made/changelog.gz"
  make_parts "$made"
}

# Copies every file of the list to a tree of its own, with one owner's rights and one time; as the bundler wants to know
# them: "target": "source".
gather_files() {
  local made=$1 tree=$2 place source files=""
  while read -r place source; do
    [[ -n $place && $place != \#* ]] || continue
    case $source in
      made/*) source=$made/${source#made/} ;;
      *) source=$packaging/$source ;;
    esac
    [[ -f $source ]] || fail "src-tauri/packaging/files names $source, which is not there."
    install -D -m 644 "$source" "$tree$place"
    [[ ! -x $source ]] || chmod 755 "$tree$place"
    files+="\"$place\": \"$tree$place\", "
  done <"$packaging/files"
  printf '{ %s }' "${files%, }"
}

# A list of lines as JSON. None of them holds a quote.
json_lines() { printf '[ %s ]' "$(sed 's/.*/"&"/' | paste -sd,)"; }

# The libraries that the program asks for, as Debian's packages with versions.
debian_libraries() {
  mkdir -p "$work/shlibs/debian"
  printf 'Source: tapdesk\n\nPackage: tapdesk\nArchitecture: any\n' >"$work/shlibs/debian/control"
  (cd "$work/shlibs" && dpkg-shlibdeps --warnings=0 -O -e"$1") | sed -n 's/^shlibs:Depends=//p' | sed 's/, /\n/g'
}

# The maintainer scripts are Debian's; rpm calls with numbers where dpkg calls with words.
rpm_scripts() {
  local script words
  for script in postinst prerm postrm; do
    case $script in
      postinst) words='if [ "$1" = 1 ]; then set -- configure; else set -- configure earlier; fi' ;;
      *) words='if [ "$1" = 0 ]; then set -- remove; else set -- upgrade; fi' ;;
    esac
    { printf '%s\n' "$words" && sed 1d "$packaging/deb/$script"; } >"$1/$script"
  done
}

bundle() {
  local profile=$1 folder=$2 tree=$work/tree made=$work/made flags=()
  mkdir -p "$made" "$tree" "$work/rpm-scripts"
  make_texts "$folder/$profile/tapdesk" "$made"
  rpm_scripts "$work/rpm-scripts"
  local files libraries
  files=$(gather_files "$made" "$tree") || exit 1
  # What no library tells: the service's address is trusted by the system's certificates.
  libraries=$({ debian_libraries "$folder/$profile/tapdesk" && echo ca-certificates; } | json_lines)
  cat >"$work/bundle.json" <<TEXT
{ "bundle": { "targets": ["deb", "rpm"], "linux": {
  "deb": { "files": $files, "depends": $libraries },
  "rpm": { "files": $files, "depends": ["ca-certificates"], "compression": { "type": "gzip", "level": 1 },
    "postInstallScript": "$work/rpm-scripts/postinst", "preRemoveScript": "$work/rpm-scripts/prerm",
    "postRemoveScript": "$work/rpm-scripts/postrm" } } } }
TEXT
  [[ $profile == release ]] || flags=(--debug)
  (cd src-tauri && CARGO_TARGET_DIR=$folder "$packaging_tools/node_modules/.bin/tauri" bundle --ci "${flags[@]}" \
    --bundles deb,rpm --config "$work/bundle.json")
}

# The bundler writes the times at which it ran, and its own two dependencies beside the computed ones.
repack_deb() {
  local from=$1 to=$2 level=$3 tree=$work/deb
  dpkg-deb --raw-extract "$from" "$tree"
  sed -i -E -e '/^Depends:/{s/, libwebkit2gtk-4\.1-0(,|$)/\1/;s/, libgtk-3-0(,|$)/\1/}' -e "s/^Maintainer:.*/Maintainer: $maintainer/" \
    -e "s/^Installed-Size:.*/Installed-Size: $(installed_kib "$tree")/" "$tree/DEBIAN/control"
  (cd "$tree" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum >DEBIAN/md5sums)
  chmod -R u=rwX,go=rX "$tree"
  chmod 755 "$tree"/DEBIAN/{postinst,prerm,postrm}
  find "$tree" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
  dpkg-deb --root-owner-group "-Z${level%:*}" "-z${level#*:}" --threads-max=1 --build "$tree" "$to"
}

installed_kib() { find "$1/usr" -type f -printf '%s\n' | awk '{ sum += int(($1 + 1023) / 1024) } END { print sum }'; }

# A script of the bundler's package, for rpmbuild, to which % is its own sign.
rpm_script() {
  printf '%%%s\n' "$2"
  rpm -qp --qf "%{$3}\n" "$1" | sed 's/%/%%/g'
  printf '\n'
}

# The bundler's tree and words, packed by rpm's own builder: that computes the sonames, and takes the time as told.
repack_rpm() {
  local from=$1 to=$2 payload=$3 tree=$work/rpm-tree spec=$work/tapdesk.spec
  mkdir -p "$tree" "$work/rpmbuild"
  # Its own check of the end fails on the bundler's archives; the files' digests tell whether all came out.
  { rpm2cpio "$from" || true; } | (cd "$tree" && cpio --quiet -idm)
  rpm -qp --qf '[%{FILEDIGESTS}  .%{FILENAMES}\n]' "$from" | (cd "$tree" && sha256sum --check --quiet)
  find "$tree" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
  {
    rpm -qp --qf 'Name: %{NAME}\nVersion: %{VERSION}\nRelease: %{RELEASE}\nSummary: %{SUMMARY}\nLicense: %{LICENSE}\n' "$from"
    printf 'Vendor: %s\n' "$vendor"
    rpm -qp --recommends "$from" | sed 's/^/Recommends: /'
    # The bundler's own sonames are found again, with all others, by rpmbuild.
    rpm -qp --requires "$from" | sed -e '/(/d' -e 's/^/Requires: /'
    printf '\n%%description\n' && rpm -qp --qf '%{DESCRIPTION}\n' "$from"
    printf '\n%%install\ncp -a %s/. %%{buildroot}\n\n' "$tree"
    rpm_script "$from" post POSTIN
    rpm_script "$from" preun PREUN
    rpm_script "$from" postun POSTUN
    printf '%%files\n%%defattr(-,root,root)\n' && rpm -qpl "$from" | sed 's/.*/"&"/'
    # Its own folders go with it, and no other: the tree's own path must not be looked at.
    (cd "$tree" && find . -type d -path '*tapdesk*' -printf '%%dir "/%P"\n')
  } >"$spec"
  rpmbuild -bb --quiet --define "_topdir $work/rpmbuild" --define "_binary_payload $payload" --define '_build_id_links none' \
    --define 'debug_package %{nil}' --define '__os_install_post %{nil}' --define '_buildhost localhost' \
    --define 'use_source_date_epoch_as_buildtime 1' --define 'clamp_mtime_to_source_date_epoch 1' "$spec"
  mv "$work"/rpmbuild/RPMS/*/*.rpm "$to/"
}

tell_packages() {
  local file installed
  printf '%-34s %10s %12s  %s\n' package size installed sha256
  for file in "$1"/*.deb "$1"/*.rpm; do
    case $file in
      *.deb) installed=$(($(dpkg-deb --field "$file" Installed-Size) * 1024)) ;;
      *) installed=$(rpm -qp --qf '%{SIZE}' "$file") ;;
    esac
    printf '%-34s %10d %12d  %s\n' "${file##*/}" "$(stat -c %s "$file")" "$installed" "$(sha256sum "$file" | cut -d ' ' -f 1)"
  done
}

# `run` asks how a command ended, and bash then lets it go on after a failure within: so it runs in a bash of its own.
strictly() {
  bash -c "set -euo pipefail
    $(declare -p root tools target work packaging packaging_tools version vendor maintainer)
    $(declare -f)
    \"\$@\"" strictly "$@"
}

# Both packages into packages/ of the profile. The tests pack the debug build, and need it soon: it is hardly compressed.
make_packages() {
  local profile=$1 folder=$work/bundled deb_level=xz:6 rpm_payload=w19.zstdio bundles
  version=$(sed -n '/^\[workspace.package\]/,/^\[/s/^version = "\(.*\)"/\1/p' Cargo.toml)
  vendor="The Tapdesk developers" maintainer="${DEBFULLNAME:-$vendor} <${DEBEMAIL:-tapdesk@localhost}>"
  packages=$target/packages/$profile
  [[ $profile == release ]] || deb_level=gzip:1 rpm_payload=w1.gzdio
  mkdir -p "$folder/$profile" "$packages"
  rm -f "$packages"/*.deb "$packages"/*.rpm
  strip -o "$folder/$profile/tapdesk" "$target/$profile/tapdesk"
  run "the bundle" strictly bundle "$profile" "$folder" || exit 1
  bundles=$folder/$profile/bundle
  run "the .deb" strictly repack_deb "$bundles"/deb/*.deb "$packages/" "$deb_level" || exit 1
  run "the .rpm" strictly repack_rpm "$bundles"/rpm/*.rpm "$packages" "$rpm_payload" || exit 1
}

# The same commit from a checkout elsewhere must make the same bytes. A debug build is copied there: then only the packing
# is compared.
compare_second() {
  local profile=$1 second=$work/second/checkout file
  [[ -z $(git status --porcelain) ]] || fail "There are changes that no commit holds: a second checkout would lack them."
  git clone --quiet "$root" "$second"
  if [[ $profile == debug ]]; then
    install -D "$target/debug/tapdesk" "$second/target/debug/tapdesk"
    run "the second packages" env -u CARGO_TARGET_DIR "$second/dev" package --debug || exit 1
  else
    run "the second packages" env -u CARGO_TARGET_DIR "$second/dev" package || exit 1
  fi
  for file in "$packages"/*.deb "$packages"/*.rpm; do
    cmp "$file" "$second/target/packages/$profile/${file##*/}" || fail "The same sources made another ${file##*/}."
  done
  printf 'made twice, at %s and %s: the same bytes\n' "$root" "$second"
}

command_package() {
  local profile=release twice='' repository=()
  while (($# > 0)); do
    case $1 in
      --debug) profile=debug ;;
      --twice) twice=yes ;;
      --repo)
        repository=("$packaging/repository.sh" "${@:2}")
        break
        ;;
      *) fail "There is no './dev package $1': --debug packs the debug build, --twice compares with a second build," \
        "--repo ARGUMENTS adds the .deb to an apt repository: '--repo --help' tells how." ;;
    esac
    shift
  done
  [[ " ${repository[*]} " != *" --help "* ]] || exec bash "${repository[@]}"
  umask 022
  ensure build rust node page packaging
  [[ $packager == apt ]] || fail "Packages are made on Debian or Ubuntu: the versions they depend on are that system's."
  know_time
  if [[ $profile == release ]]; then
    run "the release build (takes minutes)" build_release || exit 1
  elif [[ ! -x $target/debug/tapdesk ]]; then
    fail "There is no debug build: run 'cargo build -p tapdesk', then this again."
  fi
  make_packages "$profile"
  [[ -z $twice ]] || compare_second "$profile"
  tell_packages "$packages"
  # Its folder is named from where the caller stands.
  ((${#repository[@]} == 0)) || (cd -- "$caller" && bash "${repository[@]}" "$packages"/*.deb)
}
