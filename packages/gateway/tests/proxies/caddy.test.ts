import { describeForwardAuth } from './forward-auth-suite.ts';
import { startCaddy } from './start-proxy.ts';

describeForwardAuth('caddy', startCaddy);
