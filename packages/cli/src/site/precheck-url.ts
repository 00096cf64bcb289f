import { randomToken } from '@valetkey/client';
import { buildKeyRequestUrl } from '@valetkey/protocol';

/** A site judges requests only with a key that it can read. Nobody has the other half of this one, which was thrown away. */
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
 * A request for a key that nobody will ever approve, to learn what a site makes of it. Making a key pair for each would cost
 * half a second for nothing.
 *
 * @param asker what the site calls the application, should it ever show that
 * @see PROTOCOL.md section 2
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
