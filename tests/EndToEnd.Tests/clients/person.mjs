// The TypeScript client 2.4.0 with a person and a model behind it, who answer what servers ask.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

// era: legacy, auto or a revision; root: the one folder that the client has.
export async function connected(url, era, root = 'file:///project') {
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
  client.setRequestHandler('roots/list', () => ({ roots: [{ uri: root, name: 'project' }] }));
  await client.connect(new StreamableHTTPClientTransport(new URL(url)));
  return client;
}
