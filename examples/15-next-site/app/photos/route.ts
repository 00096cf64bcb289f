import type { RequestPrincipal } from '@valetkey/server/fetch';
import { findSession } from '../../sessions';
import { getKeys } from '../../valetkey';

const photos = new Map([['1', ['Plums in a bowl']]]);

/** The user of the key; without a key, that of the session. */
const userOf = (principal: RequestPrincipal, request: Request) =>
  principal.kind === 'anonymous' ? findSession(request)?.user : principal.user;

const notSignedIn = () => Response.json({ error: 'Sign in, or send a key.' }, { status: 401 });

export async function GET(request: Request): Promise<Response> {
  const keys = await getKeys();
  return keys.guard(request, '/photos', (principal) => {
    const user = userOf(principal, request);
    return user ? Response.json({ of: user.username, photos: photos.get(user.id) ?? [] }) : notSignedIn();
  });
}

export async function POST(request: Request): Promise<Response> {
  const keys = await getKeys();
  return keys.guard(request, '/photos', async (principal) => {
    const user = userOf(principal, request);
    if (!user) return notSignedIn();
    const { title } = (await request.json()) as { title: string };
    photos.set(user.id, [...(photos.get(user.id) ?? []), title]);
    return Response.json({ of: user.username, photos: photos.get(user.id) }, { status: 201 });
  });
}

/** Preflight requests of other origins (CORS). */
export async function OPTIONS(request: Request): Promise<Response> {
  return (await getKeys()).endpoints(request);
}
