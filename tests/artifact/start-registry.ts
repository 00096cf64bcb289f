import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename } from 'node:path';
import type { PackedPackage } from './packed-packages.ts';

/**
 * Starts a registry with the packed packages, so that `npm install` finds them by name. All other names are
 * redirected to the configured registry.
 */
export async function startRegistry(packages: readonly PackedPackage[]) {
  const others = execFileSync('npm', ['config', 'get', 'registry'], {
    cwd: tmpdir(),
    encoding: 'utf8',
  }).trim();
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '').slice(1);
    const wanted = packages.find(({ name, tarball }) => path === name || path === basename(tarball));
    // Valetkey’s names are never requested elsewhere, so that no foreign package is installed under them.
    if (!wanted && /^@?valetkey/.test(path)) return void response.writeHead(404).end('{}');
    if (!wanted)
      return void response.writeHead(302, { location: new URL(`.${request.url}`, others).href }).end();
    response.end(path === wanted.name ? JSON.stringify(describe(wanted)) : readFileSync(wanted.tarball));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

  function describe({ name, manifest, tarball }: PackedPackage) {
    const integrity = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
    const dist = { tarball: url + basename(tarball), integrity };
    return {
      name,
      'dist-tags': { latest: manifest.version },
      versions: { [manifest.version]: { ...manifest, dist } },
    };
  }
  return { url, close: () => void server.close() };
}
