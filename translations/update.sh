#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Takes the program's texts into the .ts files: update.sh LUPDATE SOURCE_DIR [--check]
# With --check the files stay as they are and it fails where they are not up to date or a text is not translated.
set -eu
lupdate=$1
source=$2
into=$source/translations
if [ "${3:-}" = --check ]; then
    into=$(mktemp -d)
    trap 'rm -rf "$into"' EXIT
    cp "$source"/translations/*.ts "$into"
fi
cd "$source"
"$lupdate" -silent -I . -no-obsolete -locations none -pluralonly ui app -ts "$into/quarterdeck_en.ts"
"$lupdate" -silent -I . -no-obsolete -locations none ui app -ts "$into/quarterdeck_zh_CN.ts"
[ "${3:-}" = --check ] || exit 0
status=0
for name in quarterdeck_en.ts quarterdeck_zh_CN.ts; do
    if ! cmp -s "$into/$name" "translations/$name"; then
        echo "translations/$name is not up to date: build the target update_translations" >&2
        status=1
    fi
    if grep -q 'type="unfinished"' "translations/$name"; then
        echo "translations/$name has texts without translation:" >&2
        grep -B3 'type="unfinished"' "translations/$name" | grep '<source>' >&2
        status=1
    fi
done
exit $status
