import { readProbe } from '@valetkey/protocol';
import type { ResponseSnapshot } from '../site/response-snapshot.ts';
import { type Finding, finding } from './finding.ts';

/** Decides from the response to the probe whether and how the site issues keys (PROTOCOL.md#capabilities). */
export function decideFeature(probe: ResponseSnapshot): Finding[] {
  const { isAvailable, version, hasDeviceFlow } = readProbe(probe);
  if (probe.status === 404) return [finding('feature_off', 'The site does not issue user API keys (404).')];
  if (!isAvailable)
    return [
      finding('feature_unclear', `The response to the probe has status ${probe.status} and no version.`),
    ];
  const on = finding('feature_on', `The site issues user API keys (version ${version}).`);
  if (version < 2) return [finding('version_too_old', `The site supports version ${version}.`)];
  const age = version < 4 ? [finding('version_old', `The site supports version ${version}.`)] : [];
  const device = hasDeviceFlow
    ? finding('device_flow_on', 'Devices without a browser can get a key with a code.')
    : finding('device_flow_off', 'The site does not support device authorization.');
  return [on, ...age, device];
}
