/** The number of passed and failed tests of one or more runs. */
export interface TestCount {
  passed: number;
  failed: number;
}

/**
 * Counts the tests of Vitest’s JSON report; null, no report, counts as one failure. A skipped or todo test counts as
 * failed, because it proves nothing. A file that cannot be loaded counts as one failure.
 *
 * @param skips whether tests that do not apply skip themselves, with the reason; then they are not counted
 */
export function countTests(report: string | null, skips = false): TestCount {
  if (report === null) return { passed: 0, failed: 1 };
  const { numTotalTests, numPassedTests, numPendingTests, testResults } = JSON.parse(report);
  const applicable = skips ? numTotalTests - numPendingTests : numTotalTests;
  const unloaded = testResults.filter(
    (file: { status: string; assertionResults: unknown[] }) =>
      file.status === 'failed' && file.assertionResults.length === 0,
  );
  return { passed: numPassedTests, failed: applicable - numPassedTests + unloaded.length };
}
