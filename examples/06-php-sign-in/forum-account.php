<?php

declare(strict_types=1);

/** Identifies a visitor by their forum account, or posts one topic as them. The visitor approves it on the forum; this site never sees a password. */
final class ForumAccount
{
    /** Maximum of pending requests per session: closed tabs leave theirs behind. */
    private const MAX_WAITING = 5;

    /** @param string $redirect the callback URL of this site; the forum's admin must allow it */
    public function __construct(
        private readonly string $forum,
        private readonly string $applicationName,
        private readonly string $redirect,
    ) {
    }

    /**
     * Returns the URL to redirect the visitor to. Store $waiting in their session only.
     *
     * @param ?array{title: string, raw: string} $topic to post in their name; only this requests the scope write
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
            // A new id for each request, so that no request replaces the key of another.
            'client_id' => bin2hex(random_bytes(16)),
            'scopes' => $topic ? 'write' : 'session_info',
            'public_key' => openssl_pkey_get_details($pair)['key'],
            'padding' => 'oaep',
            'nonce' => $nonce,
            'auth_redirect' => $this->redirect,
        ]);
    }

    /**
     * Returns the user who approved. A response is accepted once. An invalid one changes nothing, because any link can open the callback.
     *
     * @param array $answer the query of the callback
     * @param ?array $waiting from the visitor's session: the response to another visitor's request cannot be decrypted
     * @return array{id: int, username: string, topic: ?string} use the id as the key of your account, because names can change
     * @throws RuntimeException with a sentence for the visitor
     */
    public function finish(array $answer, ?array &$waiting): array
    {
        if (!$waiting) {
            throw new RuntimeException('This browser has no pending sign-in. Start again.');
        }
        if (($answer['error'] ?? null) === 'access_denied') {
            array_shift($waiting);
            throw new RuntimeException('You declined the request.');
        }
        [$at, $payload] = $this->open((string) ($answer['payload'] ?? ''), $waiting);
        ['nonce' => $nonce, 'topic' => $topic] = $waiting[$at];
        if (!hash_equals($nonce, $payload['nonce'])) {
            throw new RuntimeException('This response belongs to another request: the nonce differs.');
        }
        array_splice($waiting, $at, 1);
        $key = $payload['key'];
        try {
            $user = $this->call('GET', '/session/current.json', $key)['current_user'];
            $post = $topic ? $this->call('POST', '/posts.json', $key, $topic) : null;
        } finally {
            // Always revoke the key.
            $this->call('POST', '/user-api-key/revoke.json', $key);
        }
        $address = $post ? "$this->forum/t/" . (int) $post['topic_id'] : null;
        return ['id' => (int) $user['id'], 'username' => $this->printable($user['username']), 'topic' => $address];
    }

    /** Returns text of the forum without control characters, which could act on a terminal or change the direction of text. */
    private function printable(string $text): string
    {
        return (string) preg_replace('/\p{C}+/u', ' ', $text);
    }

    /** @return array{int, array{key: string, nonce: string}} the index of its request, and the payload */
    private function open(string $sealed, array $waiting): array
    {
        foreach ($waiting as $at => ['private_key' => $privateKey]) {
            // PHP's OAEP is that of the protocol: SHA-1 and no label. Old sites ignore the padding parameter and use PKCS#1 v1.5.
            foreach ([OPENSSL_PKCS1_OAEP_PADDING, OPENSSL_PKCS1_PADDING] as $padding) {
                $isDecrypted = openssl_private_decrypt((string) base64_decode($sealed), $text, $privateKey, $padding);
                $payload = $isDecrypted ? json_decode($text, true) : null;
                if (is_string($payload['nonce'] ?? null) && is_string($payload['key'] ?? null)) {
                    return [$at, $payload];
                }
            }
        }
        throw new RuntimeException('This response cannot be decrypted: it was encrypted for another request.');
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
            // A redirect to another host would leak the key.
            'follow_location' => 0,
            'ignore_errors' => true,
            'timeout' => 10,
        ];
        $text = file_get_contents($this->forum . $path, false, stream_context_create(['http' => $http]));
        $answer = json_decode((string) $text, true);
        if (!is_array($answer) || isset($answer['errors'])) {
            $sentences = array_filter((array) ($answer['errors'] ?? 'no response'), 'is_string');
            $reason = $this->printable(implode(' ', $sentences));
            throw new RuntimeException("The forum rejected the request: $reason");
        }
        return $answer;
    }
}
