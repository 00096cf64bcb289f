import { CliError, EXIT, type ExitCode } from '../exit-codes.ts';
import type { KeyEntry } from '../keys/key-entry.ts';
import { openKeyRing } from '../keys/open-key-ring.ts';
import { printable } from '../terminal/printable.ts';
import { createStyle } from '../terminal/style.ts';
import { toJson } from '../terminal/to-json.ts';
import { type DoctorRequest, diagnose } from './diagnose.ts';
import { type Finding, isHealthy } from './finding.ts';
import { showFindings } from './show-findings.ts';

/**
 * Prints what is wrong with a site and how to fix it. Sets the exit code.
 *
 * @param question.asked null for the only site with a key
 * @throws CliError
 */
export async function runDoctor(
  question: Omit<DoctorRequest, 'asked'> & { readonly asked: string | null },
  isJson: boolean,
  signal: AbortSignal,
): Promise<void> {
  const ring = openKeyRing(signal);
  const asked = question.asked ?? findOnlySite(ring.list());
  const { site, findings } = await diagnose({ ...question, asked }, { ring, now: Date.now, signal });
  if (isJson) console.log(toJson({ site, healthy: isHealthy(findings), findings }, 2));
  else {
    const style = createStyle(process.stdout);
    console.log(`${style.bold(printable(site))}\n`);
    console.log(showFindings(findings, style, Math.min(process.stdout.columns ?? 100, 100)));
  }
  process.exitCode = exitCodeFor(findings);
}

function findOnlySite(entries: readonly KeyEntry[]): string {
  const [only, ...others] = new Set(entries.map(({ site }) => site));
  if (only === undefined || others.length > 0)
    throw new CliError(EXIT.usage, 'Name one site: valetkey doctor <site>');
  return only;
}

const UNREACHABLE: readonly string[] = [
  'name_unknown',
  'port_closed',
  'tls_untrusted',
  'tls_failed',
  'no_answer',
];

function exitCodeFor(findings: readonly Finding[]): ExitCode {
  if (isHealthy(findings)) return EXIT.ok;
  return findings.some(({ code }) => UNREACHABLE.includes(code)) ? EXIT.unreachable : EXIT.refused;
}
