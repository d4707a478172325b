// The TypeScript client 2.4.0: node client.mjs URL legacy|auto|2026-07-28
import { commonSteps, exercise, textOf } from './exercise.mjs';
import { connected } from './person.mjs';

const [url, era] = process.argv.slice(2);
const client = await connected(url, era);
const revision = client.getNegotiatedProtocolVersion();
const modern = revision >= '2026-07-28';
const call = (params, options) => client.callTool(params, options);

await exercise({
  revision: () => revision,
  server: () => client.getServerVersion()?.name ?? null,
  ...commonSteps(client, call),
  elicitation: async () => textOf(await call(
    modern
      ? { name: 'test_input_required_result_elicitation', arguments: {} }
      : { name: 'test_elicitation', arguments: { message: 'Who are you?' } })),
  sampling: async () => textOf(await call(
    modern
      ? { name: 'test_input_required_result_sampling', arguments: {} }
      : { name: 'test_sampling', arguments: { prompt: 'Say something' } })),
  rounds: async () => (modern
    ? textOf(await call({ name: 'test_input_required_result_multi_round', arguments: {} }))
    : null),
  logLevel: async () => {
    if (modern) {
      return null;
    }

    await client.setLoggingLevel('debug');
    return 'debug';
  },
  closed: async () => {
    await client.close();
    return true;
  },
});
