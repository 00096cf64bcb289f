<?php

declare(strict_types=1);

/** Learns which account of a forum a visitor has. The visitor approves it there; no password comes by here. */
final class ForumAccount
{
    /** @param string $redirect where this site takes the answer; the forum's admin has to allow it */
    public function __construct(
        private readonly string $forum,
        private readonly string $applicationName,
        private readonly string $redirect,
    ) {
    }

    /** Where to send the visitor. What is kept in $pending belongs into their session and nowhere else. */
    public function begin(?array &$pending): string
    {
        $pair = openssl_pkey_new(['private_key_bits' => 2048, 'private_key_type' => OPENSSL_KEYTYPE_RSA]);
        openssl_pkey_export($pair, $privateKey);
        $pending = ['private_key' => $privateKey, 'nonce' => bin2hex(random_bytes(16))];
        return $this->forum . '/user-api-key/new?' . http_build_query([
            'application_name' => $this->applicationName,
            // A new one for each visit: nothing is kept that a later visit would have to replace.
            'client_id' => bin2hex(random_bytes(16)),
            'scopes' => 'session_info',
            'public_key' => openssl_pkey_get_details($pair)['key'],
            'padding' => 'oaep',
            'nonce' => $pending['nonce'],
            'auth_redirect' => $this->redirect,
        ]);
    }

    /**
     * Who approved.
     *
     * @param array $answer the query with which the forum sent the visitor back
     * @param ?array $pending from the visitor's own session: an answer to somebody else's request cannot be opened
     * @return array{id: int, username: string} file your own account under the id: names can change
     * @throws RuntimeException with a sentence for the visitor
     */
    public function finish(array $answer, ?array $pending): array
    {
        if ($pending === null) {
            throw new RuntimeException('This browser has not asked to sign in: begin again.');
        }
        if (!is_string($answer['payload'] ?? null)) {
            throw new RuntimeException('It was declined.');
        }
        $key = $this->open($answer['payload'], $pending);
        $user = $this->call('GET', '/session/current.json', $key)['current_user'];
        // The question is answered, so the key goes back.
        $this->call('POST', '/user-api-key/revoke.json', $key);
        return ['id' => $user['id'], 'username' => $user['username']];
    }

    private function open(string $sealed, array $pending): string
    {
        // What Discourse means by OAEP is PHP's too: SHA-1, and no label.
        $isOpen = openssl_private_decrypt(
            (string) base64_decode($sealed),
            $text,
            $pending['private_key'],
            OPENSSL_PKCS1_OAEP_PADDING,
        );
        $payload = $isOpen ? json_decode($text, true) : null;
        if (!is_string($payload['nonce'] ?? null) || !is_string($payload['key'] ?? null)) {
            throw new RuntimeException('This answer cannot be opened: it was sealed for somebody else.');
        }
        if (!hash_equals($pending['nonce'], $payload['nonce'])) {
            throw new RuntimeException('This answer belongs to another request: its nonce differs.');
        }
        return $payload['key'];
    }

    private function call(string $method, string $path, string $key): array
    {
        $http = [
            'method' => $method,
            'header' => ["User-Api-Key: $key", 'Accept: application/json'],
            // A redirect to another host would take the key along.
            'follow_location' => 0,
            'ignore_errors' => true,
            'timeout' => 10,
        ];
        $text = file_get_contents($this->forum . $path, false, stream_context_create(['http' => $http]));
        $answer = json_decode((string) $text, true);
        if (!is_array($answer) || isset($answer['errors'])) {
            throw new RuntimeException('The forum says no: ' . implode(' ', $answer['errors'] ?? ['no answer']));
        }
        return $answer;
    }
}
