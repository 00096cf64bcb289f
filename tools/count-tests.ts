/** How many tests of one or more runs held, and how many did not. */
export interface TestCount {
  passed: number;
  failed: number;
}

/**
 * Counts Vitest's JSON report; null (no report: Vitest did not come so far) is one failure. A test that was skipped or put off
 * proves nothing, so it counts as failed, and so does a file that could not be loaded and therefore has no tests to count.
 */
export function countTests(report: string | null): TestCount {
  if (report === null) return { passed: 0, failed: 1 };
  const { numTotalTests, numPassedTests, testResults } = JSON.parse(report);
  const unloaded = testResults.filter(
    (file: { status: string; assertionResults: unknown[] }) =>
      file.status === 'failed' && file.assertionResults.length === 0,
  );
  return { passed: numPassedTests, failed: numTotalTests - numPassedTests + unloaded.length };
}
