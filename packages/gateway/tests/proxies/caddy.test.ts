import { describeForwardAuth } from './forward-auth-suite.ts';
import { describeHostileRequests } from './hostile-requests-suite.ts';
import { startCaddy } from './start-proxy.ts';

describeForwardAuth('caddy', startCaddy);
describeHostileRequests('caddy', startCaddy);
