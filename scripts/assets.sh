#!/bin/sh
# Fetches the vendored browser assets of platform/ui at their pinned versions
# and checks them against the sums below. Only needed to bump a version: the
# files are committed, so building Ronda takes no network and no node.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
out="$root/platform/ui/assets"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# fetch PACKAGE VERSION: unpacks the npm package into $tmp/PACKAGE/package.
fetch() {
	mkdir -p "$tmp/$1"
	(cd "$tmp/$1" && npm pack --silent "$1@$2" >name && tar xzf "$(tail -n 1 name)")
}

# put PACKAGE FILE NAME: copies one file of a package under its vendored name.
put() { cp "$tmp/$1/package/$2" "$out/$3"; }

fetch htmx.org 4.0.1
put htmx.org dist/htmx.min.js htmx.js
put htmx.org LICENSE htmx.LICENSE.txt

fetch @fontsource/nunito 5.3.0
put @fontsource/nunito files/nunito-latin-700-normal.woff2 nunito-700.woff2
put @fontsource/nunito LICENSE nunito.LICENSE.txt

fetch @fontsource/open-sans 5.3.0
put @fontsource/open-sans files/open-sans-latin-400-normal.woff2 open-sans-400.woff2
put @fontsource/open-sans files/open-sans-latin-700-normal.woff2 open-sans-700.woff2
put @fontsource/open-sans LICENSE open-sans.LICENSE.txt

# The source map is not shipped, so the pointer to it would only be a 404.
sed -i -e 's|^//# sourceMappingURL=.*$||' "$out/htmx.js"

cd "$out" && sha256sum -c "$root/scripts/assets.sha256"
