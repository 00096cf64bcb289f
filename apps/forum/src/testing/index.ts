export type { User } from './act-as.ts';
export type { Approval } from './approve-request.ts';
export type { KeyWish } from './issue-key.ts';
export { startTestSite, type TestSite, type TestSiteOptions } from './start-test-site.ts';
export { TestSiteRefusal } from './test-site-refusal.ts';
