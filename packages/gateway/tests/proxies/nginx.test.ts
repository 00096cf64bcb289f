import { describeForwardAuth } from './forward-auth-suite.ts';
import { describeHostileRequests } from './hostile-requests-suite.ts';
import { startNginx } from './start-proxy.ts';

describeForwardAuth('nginx', startNginx);
describeHostileRequests('nginx', startNginx);
