import { serveStripe } from './server.ts';

// By hand: node test/fakes/stripe/run.ts [port]
const { url } = await serveStripe(Number(process.argv[2] ?? '12111'));
process.stdout.write(`
  Stand-in for Stripe   ${url}
  Start the server with STRIPE_API_BASE=${url}
  Key to connect        rk_test_standin_0000000000
  Dashboard             ${url}/dashboard/test/acct_standin   (add the endpoint there; it shows the signing secret)

`);
