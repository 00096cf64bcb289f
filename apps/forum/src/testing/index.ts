export type { TestUser } from './act-as.ts';
export type { Approval } from './approve-request.ts';
export type { KeyOptions } from './issue-key.ts';
export { CHEAP_PASSWORDS, startTestSite, type TestSite, type TestSiteOptions } from './start-test-site.ts';
export { TestSiteError } from './test-site-error.ts';
