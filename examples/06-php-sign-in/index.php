<?php

declare(strict_types=1);

require __DIR__ . '/forum-account.php';

$here = (string) getenv('SITE_URL');
$forum = new ForumAccount((string) getenv('FORUM_URL'), 'Plum Fan Club', "$here/callback");

// Lax: the session has to come along when the forum sends the visitor back, and with no form of another site.
$isHttps = str_starts_with($here, 'https:');
session_start(['cookie_httponly' => true, 'cookie_samesite' => 'Lax', 'cookie_secure' => $isHttps, 'use_strict_mode' => true]);
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);

try {
    match ($_SERVER['REQUEST_METHOD'] . ' ' . $path) {
        'GET /' => showHome(),
        'POST /sign-in' => redirectTo($forum->begin($_SESSION['pending'])),
        'GET /callback' => signIn($forum),
        'POST /sign-out' => signOut(),
        default => showPage('There is no such page.', 404),
    };
} catch (RuntimeException $refusal) {
    showPage($refusal->getMessage(), 403);
}

function signIn(ForumAccount $forum): void
{
    $pending = $_SESSION['pending'] ?? null;
    // Before it is used: an answer counts once.
    unset($_SESSION['pending']);
    $user = $forum->finish($_GET, $pending);
    // A new id: one that somebody planted before is worth nothing now.
    session_regenerate_id(true);
    $_SESSION['user'] = $user;
    redirectTo('/');
}

function signOut(): void
{
    $_SESSION = [];
    session_regenerate_id(true);
    redirectTo('/');
}

function showHome(): void
{
    $user = $_SESSION['user'] ?? null;
    showPage($user ? "You are {$user['username']}." : 'You are nobody yet.', 200, $user ? 'sign-out' : 'sign-in');
}

function redirectTo(string $address): void
{
    header("Location: $address", true, 303);
}

function showPage(string $sentence, int $status = 200, ?string $action = null): void
{
    http_response_code($status);
    header('Referrer-Policy: no-referrer');
    $words = ['sign-in' => 'Sign in with your forum account', 'sign-out' => 'Sign out'];
    echo '<!doctype html><meta charset="utf-8"><title>Plum Fan Club</title>';
    echo '<p>', htmlspecialchars($sentence), '</p>';
    if ($action) {
        echo "<form method=\"post\" action=\"/$action\"><button>{$words[$action]}</button></form>";
    }
}
