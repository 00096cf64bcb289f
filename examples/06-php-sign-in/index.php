<?php

declare(strict_types=1);

require __DIR__ . '/forum-account.php';

$here = (string) getenv('SITE_URL');
$forum = new ForumAccount((string) getenv('FORUM_URL'), 'Plum Fan Club', "$here/callback");

// Lax: the browser sends the cookie with the forum's redirect, but not with forms of other sites.
$isHttps = str_starts_with($here, 'https:');
session_start(['cookie_httponly' => true, 'cookie_samesite' => 'Lax', 'cookie_secure' => $isHttps, 'use_strict_mode' => true]);
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);

try {
    match ($_SERVER['REQUEST_METHOD'] . ' ' . $path) {
        'GET /' => showHome(),
        'POST /sign-in' => redirectTo($forum->begin($_SESSION['waiting'])),
        'POST /topics' => redirectTo($forum->begin($_SESSION['waiting'], readTopic())),
        'GET /callback' => finish($forum),
        'POST /sign-out' => signOut(),
        default => showPage('Page not found.', 404),
    };
} catch (RuntimeException $refusal) {
    showPage($refusal->getMessage(), 403);
}

function finish(ForumAccount $forum): void
{
    $user = $forum->finish($_GET, $_SESSION['waiting']);
    // A new session id prevents session fixation.
    session_regenerate_id(true);
    $_SESSION['user'] = $user;
    redirectTo('/');
}

function readTopic(): array
{
    if (!isset($_SESSION['user'])) {
        throw new RuntimeException('Sign in first.');
    }
    return ['title' => (string) ($_POST['title'] ?? ''), 'raw' => (string) ($_POST['raw'] ?? '')];
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
    if (!$user) {
        showPage('You are not signed in.', 200, '<form method="post" action="/sign-in"><button>Sign in with your forum account</button></form>');
        return;
    }
    $made = $user['topic'] ? " You made a topic: {$user['topic']}" : '';
    showPage("You are {$user['username']}.$made", 200, <<<'HTML'
        <form method="post" action="/topics">
          <p><label>Title <input name="title" required></label></p>
          <p><label>Text <textarea name="raw" required></textarea></label></p>
          <button>Ask the forum to post it as you</button>
        </form>
        <form method="post" action="/sign-out"><button>Sign out</button></form>
        HTML);
}

function redirectTo(string $address): void
{
    header("Location: $address", true, 303);
}

function showPage(string $sentence, int $status = 200, string $forms = ''): void
{
    http_response_code($status);
    header('Referrer-Policy: no-referrer');
    echo '<!doctype html><meta charset="utf-8"><title>Plum Fan Club</title>';
    echo '<p>', htmlspecialchars($sentence), '</p>', $forms;
}
