/** Why tests do not apply to the pages of a forum behind a gateway. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [
    /^last_used_at|^daily job/,
    'It reads the last use in the profile of Discourse, or runs jobs that the gateway runs by itself.',
  ],
  [/^User-Api-Client-Id: ignores|current\.json: returns what/, 'It needs a scope of the forum.'],
  [/as a page: /, 'A route of a gateway has no format.'],
  [/^a request with a key and a cookie/, 'A gateway denies a key on a path that no scope names.'],
  [/^Api-Key: rejected from browsers/, 'A gateway knows the users that have signed in.'],
  [/^PROTOCOL\.md#/, 'It compares the document with the tests.'],
];

/** Returns why a test does not apply; null if it does. */
export const findReasonToSkip = (testName: string): string | null =>
  REASONS.find(([pattern]) => pattern.test(testName))?.[1] ?? null;
