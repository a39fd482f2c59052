# Installs what is missing, for `./dev`, which sources this: system packages, Node, the page's packages, cargo tools, and
# programs that nobody here wrote. Silent about what is already there.

cargo_tools=(cargo-deny@0.20.2 cargo-machete@0.9.2)
node_version=24.21.0
npm_version=11.21.2
# Programs that nobody here wrote, with all they need; the tests check the simulators against them.
nfcpy_packages=(nfcpy==1.0.4 libusb1==3.4.0 ndeflib==0.3.3 pydes==2.0.1 pyserial==3.5)
nexudus_packages=(nexudus==0.1 requests==2.34.2 certifi==2026.10.18 charset-normalizer==3.5.2 idna==3.20 urllib3==2.8.0)

debian_build=(build-essential pkg-config libwebkit2gtk-4.1-dev librsvg2-dev libnfc-dev libclang-dev libssl-dev
  libasound2-dev libpcsclite-dev)
debian_run=(xvfb xauth xdotool imagemagick webkit2gtk-driver libnfc-bin libnfc-examples gnome-keyring dbus dbus-x11
  libsecret-tools fonts-dejavu-core fonts-noto-core fonts-noto-cjk chromium at-spi2-core python3 python3-venv
  mmdebstrap systemd-container apt-utils gnupg curl strace faketime pulseaudio pulseaudio-utils libasound2-plugins
  espeak-ng speech-dispatcher speech-dispatcher-espeak-ng pcscd libccid pcsc-tools iproute2 minisign)
# What making packages and a repository of them needs, and what looks at them.
debian_packaging=(binutils cpio dpkg-dev git rpm desktop-file-utils lintian apt-utils gnupg xz-utils)
# Fedora's names as best known; not tried.
fedora_build=(gcc gcc-c++ make pkgconf-pkg-config webkit2gtk4.1-devel librsvg2-devel libnfc-devel clang-devel openssl-devel
  alsa-lib-devel pcsc-lite-devel)
fedora_run=(xorg-x11-server-Xvfb xorg-x11-xauth xdotool ImageMagick webkit2gtk-driver libnfc-examples gnome-keyring
  dbus-daemon dbus-x11 libsecret dejavu-sans-fonts google-noto-sans-fonts google-noto-sans-arabic-fonts google-noto-sans-cjk-fonts
  chromium at-spi2-core python3 curl strace libfaketime pulseaudio pulseaudio-utils alsa-plugins-pulseaudio espeak-ng
  speech-dispatcher speech-dispatcher-espeak-ng pcsc-lite pcsc-lite-ccid pcsc-tools iproute minisign)

as_root() { if ((EUID == 0)); then "$@"; else sudo "$@"; fi; }

apt_install() {
  # A broken foreign source must not stop an install that can go on without it.
  as_root apt-get -o DPkg::Lock::Timeout=500 update || true
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -o DPkg::Lock::Timeout=500 install -y --no-install-recommends "$@"
}

dnf_install() { as_root dnf install -y --setopt=install_weak_deps=False "$@"; }

# The wanted packages that are not installed, one a line.
missing_packages() {
  if [[ $packager == apt ]]; then
    comm -23 <(printf '%s\n' "$@" | sort) \
      <({ dpkg-query -W -f='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true; } | sed -n 's/^installed //p' | sort)
  else
    local package
    for package in "$@"; do
      rpm -q --whatprovides "$package" >/dev/null 2>&1 || printf '%s\n' "$package"
    done
  fi
}

know_system() {
  packager=none
  if have apt-get && have dpkg-query; then
    packager=apt build_packages=("${debian_build[@]}") run_packages=("${debian_run[@]}")
    # PulseAudio would push PipeWire off a developer's desktop.
    if dpkg-query -W -f='${db:Status-Status}' pipewire-audio 2>/dev/null | grep -x installed >/dev/null && ! have pulseaudio; then
      mapfile -t run_packages < <(printf '%s\n' "${run_packages[@]}" | grep -vx pulseaudio)
      export WITHOUT_PULSEAUDIO=1
      echo "the sound tests are left out: they need the package pulseaudio, which cannot be beside pipewire-audio"
    fi
  elif have dnf && have rpm; then
    packager=dnf build_packages=("${fedora_build[@]}") run_packages=("${fedora_run[@]}")
  fi
}

install_packages() {
  if ((EUID != 0)) && ! have sudo; then
    fail "These system packages are missing, and there is neither root nor sudo to install them:" \
      "  $*" "Install them, then run this again."
  fi
  run "system packages: $*" "${packager}_install" "$@" || exit 1
}

# On a system whose packages nobody here knows: what is needed is looked for by what it brings.
check_unknown_system() {
  local command missing=()
  pkg-config --exists webkit2gtk-4.1 librsvg-2.0 libnfc libcrypto alsa libpcsclite 2>/dev/null ||
    missing+=(webkit2gtk-4.1 librsvg-2.0 libnfc libcrypto alsa libpcsclite)
  for command in cc Xvfb WebKitWebDriver nfc-list gnome-keyring-daemon dbus-run-session secret-tool import curl strace faketime \
    chromium pulseaudio parec espeak-ng speech-dispatcher pcscd ip minisign; do
    have "$command" || missing+=("$command")
  done
  ((${#missing[@]} == 0)) || fail "Missing here: ${missing[*]}" \
    "The packages are known for Debian, Ubuntu and Fedora only. Install this system's counterparts of Debian's" \
    "  ${debian_build[*]} ${debian_run[*]}" "then run this again."
}

# `build`: what compiling needs; `run`: also what tests and the demo need.
# Has these packages installed.
ensure_packages() {
  local missing
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]} == 0)) || install_packages "${missing[@]}"
}

ensure_system() {
  [[ $packager != none ]] || { check_unknown_system && return; }
  [[ $1 == build ]] || build_packages+=("${run_packages[@]}")
  ensure_packages "${build_packages[@]}"
}

at_least() { [[ $(printf '%s\n' "$1" "$2" | sort -V | head -n 1) == "$1" ]]; }

ensure_rust() {
  local needed version
  needed=$(sed -n 's/^rust-version = "\(.*\)"$/\1/p' Cargo.toml)
  have cargo || [[ ! -x $HOME/.cargo/bin/cargo ]] || PATH=$HOME/.cargo/bin:$PATH
  version=$(cargo --version 2>/dev/null | cut -d ' ' -f 2) || true
  [[ -n $version ]] || fail "Rust $needed or newer is needed and cargo does not run here: install rustup from https://rustup.rs," \
    "run 'rustup default stable', then this again."
  at_least "$needed" "$version" || fail "Rust $needed or newer is needed, this is $version ($(command -v cargo)): run" \
    "'rustup update stable', then this again. A system package of Rust is too old: use rustup from https://rustup.rs."
  rustfmt --version >/dev/null 2>&1 || fail "rustfmt is missing: run 'rustup component add rustfmt', then this again."
  cargo-clippy --version >/dev/null 2>&1 || fail "clippy is missing: run 'rustup component add clippy', then this again."
}

# What ui/package.json asks for: ^20.19 or >=22.12.
node_is_new_enough() {
  local version
  version=$(node --version 2>/dev/null) || return 1
  version=${version#v}
  { at_least 20.19 "$version" && ! at_least 21 "$version"; } || at_least 22.12 "$version"
}

ensure_node() {
  if ! have npm; then
    [[ $packager != none ]] || fail "npm is missing: install Node $node_version with its npm, then run this again."
    install_packages npm
  fi
  ! node_is_new_enough || return 0
  local kind own=$tools/node pins="node $node_version npm $npm_version"
  case $(uname -m) in
    x86_64) kind=x64 ;;
    aarch64) kind=arm64 ;;
    *) fail "Node ^20.19 or >=22.12 is needed, this is $(node --version || true): install one, then run this again." ;;
  esac
  # npm comes along because a distribution's npm can be tied to the distribution's node. No scripts: nothing downloads more.
  if [[ $(cat "$own/pins" 2>/dev/null) != "$pins" ]]; then
    rm -rf "$own"
    mkdir -p "$own"
    run "Node $node_version for this folder alone" npm install --prefix "$own" --no-save --no-package-lock --ignore-scripts \
      --no-audit --no-fund "node-linux-$kind@$node_version" "npm@$npm_version" || exit 1
    printf '%s\n' "$pins" >"$own/pins"
  fi
  PATH=$own/node_modules/.bin:$PATH
  node_is_new_enough || fail "The Node in $own does not run: remove that folder, then run this again."
}

page_fingerprint() {
  find ui -mindepth 1 \( -path ui/node_modules -o -path ui/dist -o -path ui/tests \) -prune -o -type f -print0 |
    sort -z | xargs -0 sha256sum | sha256sum
}

# Compiling the shell embeds ui/dist, so this comes before cargo.
ensure_page() {
  local stamps=ui/node_modules fingerprint
  if ! cmp -s ui/package-lock.json "$stamps/.dev-lock"; then
    run "the page's packages" npm --prefix ui ci --no-audit --no-fund || exit 1
    cp ui/package-lock.json "$stamps/.dev-lock"
  fi
  # By content, not by date: the bindings are written anew by each test run.
  fingerprint=$(page_fingerprint)
  if [[ ! -f ui/dist/index.html || $(cat "$stamps/.dev-built" 2>/dev/null) != "$fingerprint" ]]; then
    run "the page" npm --prefix ui run build || exit 1
    printf '%s\n' "$fingerprint" >"$stamps/.dev-built"
  fi
}

ensure_cargo_tools() {
  local tool missing=()
  for tool in "${cargo_tools[@]}"; do
    [[ -x $tools/bin/${tool%@*} ]] && grep -qsF "\"${tool/@/ } " "$tools/.crates.toml" || missing+=("$tool")
  done
  # Unoptimised: they run for seconds, and optimising them takes minutes more.
  ((${#missing[@]} == 0)) || run "${missing[*]} (takes minutes, once)" \
    env -u CARGO_TARGET_DIR CARGO_PROFILE_DEV_DEBUG=0 cargo install --debug --locked --root "$tools" "${missing[@]}" || exit 1
}

ensure_venv() {
  local own=$tools/$1 pins="${*:2}"
  [[ ! -x $own/bin/python || $(cat "$own/pins" 2>/dev/null) != "$pins" ]] || return 0
  run "a Python for $1" python3 -m venv --clear "$own" || exit 1
  run "$1" "$own/bin/python" -m pip install --disable-pip-version-check --no-input --no-deps "${@:2}" || exit 1
  printf '%s\n' "$pins" >"$own/pins"
}

ensure_nfcpy() { ensure_venv nfcpy "${nfcpy_packages[@]}"; }
ensure_nexudus() { ensure_venv nexudus "${nexudus_packages[@]}"; }
# What a maker builds a kiosk of, beside which ours is measured.
ensure_maker() { ensure_venv maker "${nfcpy_packages[@]}" "${nexudus_packages[@]:1}"; }

# The virtual smart-card reader. Its package is unpacked and not installed: installed, every pcscd of this machine would load
# its driver, which listens on all of the machine's addresses. The tests load it in a network of their own.
vpcd_driver=$tools/vpcd/usr/lib/pcsc/drivers/serial/libifdvpcd.so
ensure_vpcd() { ensure_unpacked vpcd vsmartcard-vpcd "a virtual smart-card reader"; }

# Prometheus and promtool. Installed, it would be a service of a developer's machine.
prometheus_programs=$tools/prometheus/usr/bin
ensure_prometheus() { ensure_unpacked prometheus prometheus "Prometheus"; }

# Debian's package $2, unpacked under the tools as $1.
ensure_unpacked() {
  local own=$tools/$1
  if [[ $packager == apt && ! -d $own/usr ]]; then
    rm -rf "$own" "$own.begun"
    mkdir -p "$own.begun"
    run "$3" unpack "$2" "$own.begun" || exit 1
    mv "$own.begun" "$own"
  fi
}

unpack() (
  cd "$2"
  # A machine that installs nothing may have no lists of what there is.
  apt-get download "$1" || { as_root apt-get update && apt-get download "$1"; } || exit 1
  dpkg-deb --extract "$1"_*.deb .
)

# What counts instructions.
ensure_counting() { [[ $packager == none ]] || ensure_packages valgrind; }

ensure() {
  mkdir -p "$tools"
  # Two of these at once would install into each other's folders.
  exec 9>"$tools/lock"
  ! have flock || flock 9
  know_system
  local part
  for part in "$@"; do
    case $part in
      build | run) ensure_system "$part" ;;
      *) "ensure_$part" ;;
    esac
  done
  exec 9>&-
}
