/** The number of passed and failed tests of one or more runs. */
export interface TestCount {
  passed: number;
  failed: number;
}

/**
 * Counts the tests of Vitest’s JSON report; null, no report, counts as one failure. A skipped or todo test counts as
 * failed, because it proves nothing. A file that cannot be loaded counts as one failure.
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
