<?php

declare(strict_types=1);

/** Learns which account of a forum a visitor has, or posts as them, once. They approve it there; no password comes by here. */
final class ForumAccount
{
    /** Visits that may wait in one browser: tabs that were closed leave theirs behind. */
    private const MAX_WAITING = 5;

    /** @param string $redirect where this site takes the answer; the forum's admin has to allow it */
    public function __construct(
        private readonly string $forum,
        private readonly string $applicationName,
        private readonly string $redirect,
    ) {
    }

    /**
     * Where to send the visitor. What is kept in $waiting belongs into their session and nowhere else.
     *
     * @param ?array{title: string, raw: string} $topic to be posted in their name; only that asks for the right to write
     */
    public function begin(?array &$waiting, ?array $topic = null): string
    {
        $pair = openssl_pkey_new(['private_key_bits' => 2048, 'private_key_type' => OPENSSL_KEYTYPE_RSA]);
        openssl_pkey_export($pair, $privateKey);
        $nonce = bin2hex(random_bytes(16));
        $visit = ['private_key' => $privateKey, 'nonce' => $nonce, 'topic' => $topic];
        $waiting = array_slice([$visit, ...($waiting ?? [])], 0, self::MAX_WAITING);
        return $this->forum . '/user-api-key/new?' . http_build_query([
            'application_name' => $this->applicationName,
            // A new one for each visit: nothing is kept that a later visit would have to replace.
            'client_id' => bin2hex(random_bytes(16)),
            'scopes' => $topic ? 'write' : 'session_info',
            'public_key' => openssl_pkey_get_details($pair)['key'],
            'padding' => 'oaep',
            'nonce' => $nonce,
            'auth_redirect' => $this->redirect,
        ]);
    }

    /**
     * Who approved. An answer counts once; what does not open leaves everything as it was, for any link can lead here.
     *
     * @param array $answer the query with which the forum sent the visitor back
     * @param ?array $waiting from the visitor's own session: an answer to somebody else's request cannot be opened
     * @return array{id: int, username: string, topic: ?string} file your own account under the id: names can change
     * @throws RuntimeException with a sentence for the visitor
     */
    public function finish(array $answer, ?array &$waiting): array
    {
        if (!$waiting) {
            throw new RuntimeException('This browser has not asked to sign in: begin again.');
        }
        if (($answer['error'] ?? null) === 'access_denied') {
            array_shift($waiting);
            throw new RuntimeException('It was declined.');
        }
        [$at, $payload] = $this->open((string) ($answer['payload'] ?? ''), $waiting);
        ['nonce' => $nonce, 'topic' => $topic] = $waiting[$at];
        if (!hash_equals($nonce, $payload['nonce'])) {
            throw new RuntimeException('This answer belongs to another request: its nonce differs.');
        }
        array_splice($waiting, $at, 1);
        $key = $payload['key'];
        try {
            $user = $this->call('GET', '/session/current.json', $key)['current_user'];
            $post = $topic ? $this->call('POST', '/posts.json', $key, $topic) : null;
        } finally {
            // Whatever came of it, the key goes back.
            $this->call('POST', '/user-api-key/revoke.json', $key);
        }
        $address = $post ? "$this->forum/t/{$post['topic_id']}" : null;
        return ['id' => $user['id'], 'username' => $user['username'], 'topic' => $address];
    }

    /** @return array{int, array{key: string, nonce: string}} which visit it answers, and the payload */
    private function open(string $sealed, array $waiting): array
    {
        foreach ($waiting as $at => ['private_key' => $privateKey]) {
            // What Discourse means by OAEP is PHP's too: SHA-1, and no label. Old sites ignore what was asked for.
            foreach ([OPENSSL_PKCS1_OAEP_PADDING, OPENSSL_PKCS1_PADDING] as $padding) {
                $isOpen = openssl_private_decrypt((string) base64_decode($sealed), $text, $privateKey, $padding);
                $payload = $isOpen ? json_decode($text, true) : null;
                if (is_string($payload['nonce'] ?? null) && is_string($payload['key'] ?? null)) {
                    return [$at, $payload];
                }
            }
        }
        throw new RuntimeException('This answer cannot be opened: it was sealed for somebody else.');
    }

    private function call(string $method, string $path, string $key, array $fields = []): array
    {
        $http = [
            'method' => $method,
            'header' => [
                "User-Api-Key: $key",
                'Accept: application/json',
                'Content-Type: application/x-www-form-urlencoded',
            ],
            'content' => http_build_query($fields),
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
