import { test as base, inject } from 'vitest';
import { type ContractSite, createContractSite } from './contract-site.ts';
import type {
  ClockControl,
  ContractTarget,
  PushControl,
  SettingsControl,
  SuspensionControl,
} from './contract-target.ts';
import { startGatewayTarget } from './gateway-target.ts';
import { startLocalTarget } from './local-target.ts';
import { startNodesTarget } from './nodes-target.ts';
import { findReasonToSkip } from './not-behind-a-gateway.ts';
import { connectRemoteTarget } from './remote-target.ts';

interface Fixtures {
  /** A new forum of its own for each test, in the project `nodes` two; or the provider at `VALETKEY_CONTRACT_URL`. */
  readonly target: ContractTarget;
  readonly site: ContractSite;
  /** A site on which no earlier test has left anything behind. */
  readonly freshSite: ContractSite;
  readonly settings: SettingsControl;
  readonly clock: ClockControl;
  readonly suspension: SuspensionControl;
  readonly push: PushControl;
}

const { VALETKEY_CONTRACT_URL: remoteUrl } = process.env;

function startTarget(): Promise<ContractTarget> {
  const through = inject('through');
  if (through !== undefined) return startGatewayTarget(through);
  const servers = inject('nodes');
  if (servers !== undefined) return startNodesTarget(servers);
  return remoteUrl === undefined ? startLocalTarget() : connectRemoteTarget(remoteUrl);
}

type Capability = 'settings' | 'clock' | 'suspension' | 'push';

/** Gives a test the capability that it names as a parameter, or reports the test as skipped, with the reason. */
const capability =
  <Name extends Capability>(name: Name) =>
  async (
    { target, skip }: { target: ContractTarget; skip: (note: string) => never },
    use: (control: NonNullable<ContractTarget[Name]>) => Promise<void>,
  ) => {
    const control = target[name];
    if (control === undefined) return skip(`The target has no control of: ${name}.`);
    await use(control);
  };

/**
 * A test of the wire contract. Its parameters say what it needs: `site` alone runs against any provider; each other one needs
 * a capability of `ContractTarget`.
 *
 * @example test('POST /user-api-key/revoke: …', async ({ site, clock }) => { … });
 */
export const test = base.extend<Fixtures>({
  target: async ({ task, skip }, use) => {
    const reason = inject('through') === undefined ? null : findReasonToSkip(task.name);
    if (reason !== null) return skip(reason);
    const target = await startTarget();
    await use(target);
    await target.close();
  },
  site: async ({ target }, use) => use(createContractSite(target)),
  freshSite: async ({ target, skip }, use) => {
    if (!target.isFresh) return skip('The target is not fresh.');
    await use(createContractSite(target));
  },
  settings: capability('settings'),
  clock: capability('clock'),
  suspension: capability('suspension'),
  push: capability('push'),
});
