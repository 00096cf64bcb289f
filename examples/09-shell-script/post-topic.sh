#!/bin/sh
# Posts a topic to a forum in your name, with nothing but openssl and curl.
#
#   ./post-topic.sh https://forum.example 'A title of some length' 'What the topic says, in a sentence.'
set -eu
umask 077 # what is written below is for you alone
site=${1%/}
title=$2
text=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}
# The answer, without what would command a terminal.
shown() {
  head -c 500 "$work/answer" | tr -cd '[:print:]'
}
# The first value of that name in a JSON text: enough for numbers and plain words.
field() {
  grep -o "\"$1\":\"\{0,1\}[^\",}]*" "$2" | head -n 1 | sed 's/^[^:]*:"\{0,1\}//'
}

# 1. A key pair, and a nonce to know the answer by.
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$work/private.pem" 2>"$work/log" || fail "$(cat "$work/log")"
openssl pkey -in "$work/private.pem" -pubout -out "$work/public.pem"
nonce=$(openssl rand -hex 16)

# 2. The address for the browser. curl encodes it, and learns whether the site would take the request.
told=$(curl -sS --max-time 30 --get "$site/user-api-key/new" -o "$work/answer" -w '%{http_code} %{url_effective}' \
  -H 'Accept: application/json' \
  --data-urlencode 'application_name=Shell script' \
  --data-urlencode "client_id=$(openssl rand -hex 16)" \
  --data-urlencode 'scopes=read,write' \
  --data-urlencode "public_key@$work/public.pem" \
  --data-urlencode 'padding=oaep' \
  --data-urlencode "nonce=$nonce")
status=${told%% *}
address=${told#* }
if grep -q '"generic_error"' "$work/answer"; then fail "The site says no: $(field message "$work/answer")"; fi
case $status in
  2* | 3*) ;; # it would take the request, or asks to sign in first
  404) fail "The site says no (404): it has no such feature, or lives in a subfolder." ;;
  *) grep -q '"not_logged_in"' "$work/answer" || fail "The site says no ($status): $(shown)" ;;
esac
printf 'Open this address, approve, and paste the text that the site shows:\n\n  %s\n\n' "$address" >&2

# 3. The sealed payload: 344 letters for a key of 2048 bits, perhaps on several lines.
payload=
while [ ${#payload} -lt 344 ] && IFS= read -r line; do payload=$payload$(printf %s "$line" | tr -d '[:space:]'); done

# 4. Open it, and compare the nonce: by hashes, so that the time tells nothing.
printf %s "$payload" | openssl base64 -d -A >"$work/sealed"
unseal() {
  openssl pkeyutl -decrypt -inkey "$work/private.pem" -pkeyopt "rsa_padding_mode:$1" \
    -in "$work/sealed" -out "$work/opened" 2>/dev/null && grep -q '"nonce"' "$work/opened"
}
# Old sites ignore the padding that was asked for.
unseal oaep || unseal pkcs1 || fail 'This text cannot be opened: copy all of it, from this request.'
digest() { printf %s "$1" | openssl dgst -sha256; }
[ "$(digest "$nonce")" = "$(digest "$(field nonce "$work/opened")")" ] || fail 'This answer belongs to another request: its nonce differs.'

# 5. Use the key. It goes to curl in a file: what stands on a command line, every user of the computer can read.
printf 'User-Api-Key: %s\n' "$(field key "$work/opened")" >"$work/headers"
ask() {
  path=$1
  shift
  curl -sS --max-time 30 --fail-with-body -H "@$work/headers" -o "$work/answer" "$site$path" "$@" || fail "The site says no: $(shown)"
}
# Give the key back, whatever comes of it. (To keep it, store it in a file that only you can read.)
trap 'status=$?; (ask /user-api-key/revoke --data "") || status=1; rm -rf "$work"; exit "$status"' EXIT
ask /session/current.json
printf 'You are %s.\n' "$(field username "$work/answer")"
ask /posts.json --data-urlencode "title=$title" --data-urlencode "raw=$text"
printf 'Made a topic: %s/t/%s\n' "$site" "$(field topic_id "$work/answer")"
