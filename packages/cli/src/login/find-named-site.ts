import { type FetchOptions, findSite, type SiteProbe } from '@valetkey/client';
import { printable } from '../terminal/printable.ts';

/** Finds the site that a typed or copied URL belongs to, and tells the user if it has another URL. */
export async function findNamedSite(asked: string, network: FetchOptions): Promise<SiteProbe> {
  const probe = await findSite(asked, network);
  const isParent = `${asked}/`.startsWith(`${probe.site}/`);
  if (probe.site !== asked)
    console.error(
      printable(isParent ? `Found the site ${probe.site}.` : `${asked} redirects to ${probe.site}.`),
    );
  return probe;
}
