import { randomToken } from '@valetkey/client';
import { buildKeyRequestUrl } from '@valetkey/protocol';

/** Sites check requests only with a valid public key. The private key of this one was deleted. */
const PUBLIC_KEY = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEApjneUgR+w0N0QdE4Ct9a
/5Pmc04QiBmJL4pOSQZg5o61cLIeH7XSI7m4vzUDZ+rQMPkUwGaC9RpCGPicvfiC
x8Pv1fPDCPEmy+pksYiYun7e5OVlBzd472psErJPaRthi7vl3ZwWT9119YLJSS6C
AWXLXkgm8/jSftqHDtI1lk+UR73ACvSEltMdNvadbMISVu7Ch7TXfOagz1B07OYq
LnRZAk9Gsi298P1SAKhjekPkIG3vuJGvlJbYVeOll51EK4yOfMz/j+I8l3JQnaEh
GzRzcPyUId9m4D3+B5DoC3V359FFCI3TLowtEeJ6q8U484K4pCN83afNjp68Dt+Z
RQIDAQAB
-----END PUBLIC KEY-----`;

/**
 * Builds a request that is never approved, to find out how a site responds. A new key pair would take half a second.
 *
 * @param asker the application name
 * @see PROTOCOL.md#authorize-parameters
 */
export function buildPrecheckUrl(site: string, asker: string): URL {
  return buildKeyRequestUrl(site, {
    applicationName: asker,
    scopes: ['read'],
    clientId: randomToken(),
    nonce: randomToken(),
    padding: 'oaep',
    publicKey: PUBLIC_KEY,
  });
}
