import { expect, test } from 'vitest';
import { countTests } from './count-tests.ts';

const report = (numTotalTests: number, numPassedTests: number, testResults: unknown[] = []) =>
  JSON.stringify({ numTotalTests, numPassedTests, testResults });

test('countTests: counts passed and failed tests', () => {
  expect(countTests(report(5, 3))).toEqual({ passed: 3, failed: 2 });
});

test('countTests: counts a skipped test as failed', () => {
  expect(countTests(report(1, 0, [{ status: 'passed', assertionResults: [{ status: 'skipped' }] }]))).toEqual(
    { passed: 0, failed: 1 },
  );
});

test('countTests: leaves out tests that do not apply, if the stage says so, and no failed ones', () => {
  const counts = JSON.stringify({ numTotalTests: 5, numPassedTests: 2, numPendingTests: 2, testResults: [] });
  expect(countTests(counts, true)).toEqual({ passed: 2, failed: 1 });
});

test('countTests: counts a file that could not be loaded as one failure', () => {
  expect(countTests(report(2, 2, [{ status: 'failed', assertionResults: [] }]))).toEqual({
    passed: 2,
    failed: 1,
  });
});

test('countTests: counts a run without a report as one failure', () => {
  expect(countTests(null)).toEqual({ passed: 0, failed: 1 });
});
