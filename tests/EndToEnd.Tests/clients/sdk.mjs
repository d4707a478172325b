// The TypeScript SDK 1.32.2: node sdk.mjs URL
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  LoggingMessageNotificationSchema,
  ResourceUpdatedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { commonSteps, exercise, textOf } from './exercise.mjs';

const [url] = process.argv.slice(2);
const client = new Client(
  { name: 'smcp-tests', version: '1.0.0' },
  { capabilities: { elicitation: { form: {} }, sampling: {} } }
);
const logs = [];
client.setRequestHandler(ElicitRequestSchema, () => ({ action: 'accept', content: { response: 'Bob' } }));
client.setRequestHandler(CreateMessageRequestSchema, () => ({
  role: 'assistant',
  model: 'a-model',
  content: { type: 'text', text: 'sampled' },
}));
client.setNotificationHandler(LoggingMessageNotificationSchema, notification => logs.push(notification.params.data));
client.setNotificationHandler(ResourceUpdatedNotificationSchema, () => {});

const transport = new StreamableHTTPClientTransport(new URL(url));
await client.connect(transport);
const call = (params, options) => client.callTool(params, undefined, options);

await exercise({
  revision: () => transport.protocolVersion,
  session: () => transport.sessionId,
  ...commonSteps(client, call),
  elicitation: async () => textOf(await call({ name: 'test_elicitation', arguments: { message: 'Who are you?' } })),
  sampling: async () => textOf(await call({ name: 'test_sampling', arguments: { prompt: 'Say something' } })),
  logging: async () => {
    await client.setLoggingLevel('debug');
    await call({ name: 'test_tool_with_logging', arguments: {} });
    return logs;
  },
  // The tool closes its stream in the middle; the transport resumes it by Last-Event-ID.
  resumed: async () => textOf(await call({ name: 'test_reconnection', arguments: {} })),
  subscribed: async () => {
    await client.subscribeResource({ uri: 'test://watched-resource' });
    await client.unsubscribeResource({ uri: 'test://watched-resource' });
    return true;
  },
  ended: async () => {
    await transport.terminateSession();
    await client.close();
    return true;
  },
});
