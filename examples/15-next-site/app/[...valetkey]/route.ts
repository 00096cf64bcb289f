// Every path that no other route has: /user-api-key/…, /oauth/…, /account/…, /admin/…
import { getKeys } from '../../valetkey';

const serve = async (request: Request): Promise<Response> => (await getKeys()).endpoints(request);

export { serve as DELETE, serve as GET, serve as HEAD, serve as OPTIONS, serve as POST };
