// The TypeScript client 2.4.0: node client.mjs URL legacy|auto|2026-07-28
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { commonSteps, exercise, textOf } from './exercise.mjs';

const [url, era] = process.argv.slice(2);
const client = new Client(
  { name: 'smcp-tests', version: '1.0.0' },
  {
    capabilities: { elicitation: { form: {} }, sampling: {}, roots: { listChanged: true } },
    versionNegotiation: { mode: era === 'legacy' || era === 'auto' ? era : { pin: era } },
  }
);
client.setRequestHandler('elicitation/create', request => ({
  action: 'accept',
  content: Object.fromEntries(Object.keys(request.params.requestedSchema.properties).map(key => [key, 'Bob'])),
}));
client.setRequestHandler('sampling/createMessage', () => ({
  role: 'assistant',
  model: 'a-model',
  content: { type: 'text', text: 'sampled' },
}));
client.setRequestHandler('roots/list', () => ({ roots: [{ uri: 'file:///project', name: 'project' }] }));

await client.connect(new StreamableHTTPClientTransport(new URL(url)));
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
