import { describeWhen } from '@valetkey/test-support/describe-when';
import { chromiumPath } from './chromium.ts';

/** `describe` for tests that need Chromium. */
export const describeInChromium = describeWhen(chromiumPath !== null);
