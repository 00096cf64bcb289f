/** Ends a check: prints one problem per line and fails, or prints what was checked. */
export function reportProblems(problems: readonly string[], whatHolds: string): void {
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else console.log(whatHolds);
}
