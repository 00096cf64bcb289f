#!/bin/sh
# Posts a topic to a forum in your name, with openssl and curl only.
#
#   ./post-topic.sh https://forum.example 'A title of some length' 'What the topic says, in a sentence.'
set -eu
umask 077 # files are readable by you only
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
# Text of a site without control characters, which could change the terminal.
printable() {
  head -c 500 | LC_ALL=C tr -cd '[:print:]'
}
shown() {
  printable <"$work/answer"
}
# The first value with this name in a JSON text: sufficient for numbers and simple strings.
field() {
  grep -o "\"$1\":\"\{0,1\}[^\",}]*" "$2" | head -n 1 | sed 's/^[^:]*:"\{0,1\}//'
}

# 1. Create a key pair and a nonce.
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$work/private.pem" 2>"$work/log" || fail "$(cat "$work/log")"
openssl pkey -in "$work/private.pem" -pubout -out "$work/public.pem"
nonce=$(openssl rand -hex 16)

# 2. Build the URL for the browser. curl encodes it and checks that the site accepts the request.
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
if grep -q '"generic_error"' "$work/answer"; then fail "The site rejected the request: $(field message "$work/answer" | printable)"; fi
case $status in
  2* | 3*) ;; # accepted, or a redirect to sign-in
  404) fail "The site returned 404: it does not issue keys, or it is served from a subfolder." ;;
  *) grep -q '"not_logged_in"' "$work/answer" || fail "The site returned $status: $(shown)" ;;
esac
printf 'Open this URL, approve, and paste the text that the site shows:\n\n  %s\n\n' "$address" >&2

# 3. Read the encrypted payload: 344 characters (2048 bits), perhaps on several lines.
payload=
while [ ${#payload} -lt 344 ] && IFS= read -r line; do payload=$payload$(printf %s "$line" | tr -d '[:space:]'); done

# 4. Decrypt it and compare the nonce. Comparing hashes avoids a timing leak.
printf %s "$payload" | openssl base64 -d -A >"$work/sealed"
unseal() {
  openssl pkeyutl -decrypt -inkey "$work/private.pem" -pkeyopt "rsa_padding_mode:$1" \
    -in "$work/sealed" -out "$work/opened" 2>/dev/null && grep -q '"nonce"' "$work/opened"
}
# Old sites ignore the padding parameter and use PKCS#1 v1.5.
unseal oaep || unseal pkcs1 || fail 'This text cannot be decrypted: copy all of it, from this request.'
digest() { printf %s "$1" | openssl dgst -sha256; }
[ "$(digest "$nonce")" = "$(digest "$(field nonce "$work/opened")")" ] || fail 'This response belongs to another request: the nonce differs.'

# 5. Use the key. Pass it to curl in a file: every user of the computer can read command lines.
printf 'User-Api-Key: %s\n' "$(field key "$work/opened")" >"$work/headers"
ask() {
  path=$1
  shift
  curl -sS --max-time 30 --fail-with-body -H "@$work/headers" -o "$work/answer" "$site$path" "$@" || fail "The site rejected the request: $(shown)"
}
# Always revoke the key. (To store it instead, use a file that only you can read.)
trap 'status=$?; (ask /user-api-key/revoke --data "") || status=1; rm -rf "$work"; exit "$status"' EXIT
ask /session/current.json
printf 'You are %s.\n' "$(field username "$work/answer" | printable)"
ask /posts.json --data-urlencode "title=$title" --data-urlencode "raw=$text"
printf 'Made a topic: %s/t/%s\n' "$site" "$(field topic_id "$work/answer" | printable)"
