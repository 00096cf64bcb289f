import { ValetkeyError } from '@valetkey/protocol';
import { jsonResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';

/**
 * `GET|HEAD /user-api-key-client?client_id=`: returns whether a client is registered (PROTOCOL.md#check-a-client).
 */
export const findClient: Endpoint = async ({ parameters }, { store }) => {
  const { client_id } = parameters;
  const client = typeof client_id === 'string' ? await store.findClient(client_id) : null;
  if (!client) throw new ValetkeyError('client_not_registered');
  return jsonResponse({ success: 'OK' });
};
