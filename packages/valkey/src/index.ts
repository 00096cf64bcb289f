export type { LimiterOptions } from './limiter-options.ts';
export { openValkey, type Valkey, type ValkeyOptions } from './open-valkey.ts';
export type { ScriptClient } from './script-client.ts';
export { createValkeyAttemptLimiters } from './valkey-attempt-limiter.ts';
export { createValkeyUseLimiter } from './valkey-use-limiter.ts';
