import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { NodePlace } from './start-node.ts';

/** A network namespace with two cables to this machine: one for requests, one for the database. */
export interface SeparateNetwork extends NodePlace {
  /** The IP address of this machine at the cable for the database. */
  readonly databaseIpAddress: string;
  /** Unplugs the cable for the database: packets are lost, and nothing reports it. */
  unplug(): void;
  plugIn(): void;
  remove(): void;
}

function ip(...parameters: string[]): void {
  const { status, stderr } = spawnSync('ip', parameters, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`ip ${parameters.join(' ')}: ${stderr}`);
}

/** Whether this process has the rights and the program `ip` (apt-get install iproute2). */
export function canCreateNetwork(): boolean {
  try {
    createNetwork().remove();
    return true;
  } catch {
    return false;
  }
}

export function createNetwork(): SeparateNetwork {
  const id = process.pid;
  const name = `valetkey-${id}`;
  // Of their own for each process: a block for private networks, in parts of four.
  const subnet = `10.${200 + ((id >> 8) % 50)}.${id & 255}`;
  const requests = { here: `vkc${id}`, there: `vkd${id}`, hereAt: `${subnet}.1`, thereAt: `${subnet}.2` };
  const database = { here: `vke${id}`, there: `vkf${id}`, hereAt: `${subnet}.5`, thereAt: `${subnet}.6` };
  function remove(): void {
    // The namespace exists as long as a connection in it: the links are deleted before.
    for (const { here } of [requests, database])
      if (existsSync(`/sys/class/net/${here}`)) ip('link', 'delete', here);
    ip('netns', 'delete', name);
  }
  ip('netns', 'add', name);
  try {
    for (const { here, there, hereAt, thereAt } of [requests, database]) {
      ip('link', 'add', here, 'type', 'veth', 'peer', 'name', there, 'netns', name);
      ip('address', 'add', `${hereAt}/30`, 'dev', here);
      ip('-netns', name, 'address', 'add', `${thereAt}/30`, 'dev', there);
      ip('link', 'set', here, 'up');
      ip('-netns', name, 'link', 'set', there, 'up');
    }
  } catch (error) {
    remove();
    throw error;
  }
  return {
    command: ['ip', 'netns', 'exec', name],
    ipAddress: requests.thereAt,
    databaseIpAddress: database.hereAt,
    unplug: () => ip('link', 'set', database.here, 'down'),
    plugIn: () => ip('link', 'set', database.here, 'up'),
    remove,
  };
}
