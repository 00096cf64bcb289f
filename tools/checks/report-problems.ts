/** Ends a check: prints each problem on a line of its own and fails, or says what holds. */
export function reportProblems(problems: readonly string[], whatHolds: string): void {
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else console.log(whatHolds);
}
