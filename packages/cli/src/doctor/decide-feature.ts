import { readProbe } from '@valetkey/protocol';
import type { Glimpse } from '../site/glimpse.ts';
import { type Finding, finding } from './finding.ts';

/** Whether the site hands out keys, and how, by its answer to the probe (PROTOCOL.md section 1). */
export function decideFeature(probe: Glimpse): Finding[] {
  const { isAvailable, version, hasDeviceFlow } = readProbe(probe);
  if (probe.status === 404)
    return [finding('feature_off', 'The site does not hand out user API keys (404).')];
  if (!isAvailable)
    return [
      finding(
        'feature_unclear',
        `The question for the feature is answered with ${probe.status}, without a version.`,
      ),
    ];
  const on = finding('feature_on', `The site hands out user API keys (version ${version}).`);
  if (version < 2) return [finding('version_too_old', `The site speaks version ${version}.`)];
  const age = version < 4 ? [finding('version_old', `The site speaks version ${version}.`)] : [];
  const device = hasDeviceFlow
    ? finding('device_flow_on', 'A device without a browser can get a key by code.')
    : finding('device_flow_off', 'The site has no device flow.');
  return [on, ...age, device];
}
