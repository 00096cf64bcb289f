export { attemptLimiterConformance, type TwoAttemptLimiters } from './attempt-limiter-conformance.ts';
export { changeFeedConformance, type TwoChangeFeeds } from './change-feed-conformance.ts';
export { type ConformanceCase, storeConformance } from './store-conformance.ts';
export { type TwoUseLimiters, useLimiterConformance } from './use-limiter-conformance.ts';
