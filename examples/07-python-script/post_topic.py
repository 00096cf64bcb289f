#!/usr/bin/env python3
"""Posts a topic to a forum in your name.

python3 post_topic.py https://forum.example 'A title of some length' 'What the topic says, in a sentence.'
"""

import base64
import binascii
import hmac
import json
import secrets
import sys
import urllib.error
import webbrowser
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

TEN_MINUTES = 600  # in seconds
# OAEP of the protocol: SHA-1 and no label.
OAEP = padding.OAEP(mgf=padding.MGF1(hashes.SHA1()), algorithm=hashes.SHA1(), label=None)
# Old sites ignore the padding parameter and use PKCS#1 v1.5.
PADDINGS = (OAEP, padding.PKCS1v15())


def listen_once():
    """Listens on loopback, at an unguessable path, for one response."""
    path = "/" + secrets.token_urlsafe()
    answers = []

    class Receiver(BaseHTTPRequestHandler):
        # In seconds: browsers open idle connections in advance, which must not block the response.
        timeout = 2

        def do_GET(self):
            url = urlsplit(self.path)
            is_answer = hmac.compare_digest(url.path.encode(), path.encode())
            self.send_response(200 if is_answer else 404)
            self.send_header("Referrer-Policy", "no-referrer")
            self.end_headers()
            if is_answer:
                answers.append({name: values[0] for name, values in parse_qs(url.query).items()})
                self.wfile.write(b"You can close this page and go back to the script.")

        def log_message(self, *_):
            """Logs nothing: the default log contains the payload."""

    server = HTTPServer(("127.0.0.1", 0), Receiver)
    server.timeout = TEN_MINUTES
    server.handle_timeout = lambda: sys.exit("The request was not approved in time.")

    def wait():
        while not answers:
            server.handle_request()
        server.server_close()
        return answers[0]

    return f"http://127.0.0.1:{server.server_port}{path}", wait


def connect(site, name, scopes):
    """Requests a key. Only this script can decrypt the response."""
    private_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    public_key = private_key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    redirect, wait = listen_once()
    nonce = secrets.token_hex(16)
    request = {
        "application_name": name,
        "client_id": secrets.token_hex(16),
        "scopes": scopes,
        "public_key": public_key,
        "padding": "oaep",
        "nonce": nonce,
        "auth_redirect": redirect,
    }
    address = f"{site}/user-api-key/new?{urlencode(request)}"
    print(f"Open this URL and approve:\n\n  {address}\n", file=sys.stderr)
    webbrowser.open(address)

    answer = wait()
    if "payload" not in answer:
        sys.exit("You declined the request.")
    payload = open_payload(private_key, answer["payload"])
    if not hmac.compare_digest(payload["nonce"].encode(), nonce.encode()):
        sys.exit("This response belongs to another request: the nonce differs.")
    return payload["key"]


def open_payload(private_key, sealed):
    for scheme in PADDINGS:
        try:
            payload = json.loads(private_key.decrypt(base64.b64decode(sealed), scheme))
        except (ValueError, binascii.Error):
            continue
        if isinstance(payload, dict) and isinstance(payload.get("nonce"), str):
            return payload
    sys.exit("This response cannot be decrypted: it was encrypted for another request.")


class FollowNothing(HTTPRedirectHandler):
    """Follows no redirect: one to another host would leak the key."""

    def redirect_request(self, *_):
        return None


def call(site, key, path, fields=None):
    """Sends fields with POST, or nothing with GET."""
    body = None if fields is None else urlencode(fields).encode()
    headers = {"User-Api-Key": key, "Accept": "application/json"}
    try:
        with build_opener(FollowNothing).open(Request(site + path, body, headers), timeout=30) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        sys.exit(f"The site rejected the request: {printable(error.read(2000).decode(errors='replace'))}")


def printable(text):
    """Text of a site without control characters, which could change the terminal."""
    return "".join(character for character in str(text) if character.isprintable())


def main():
    site, title, text = sys.argv[1].rstrip("/"), sys.argv[2], sys.argv[3]
    key = connect(site, "Python script", "read,write")
    try:
        user = call(site, key, "/session/current.json")["current_user"]
        print(f"You are {printable(user['username'])}.")
        post = call(site, key, "/posts.json", {"title": title, "raw": text})
        print(f"Made a topic: {site}/t/{printable(post['topic_id'])}")
    finally:
        # Always revoke the key. To store it instead, use a place that only you can read.
        call(site, key, "/user-api-key/revoke", {})


main()
