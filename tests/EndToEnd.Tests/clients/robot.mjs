// The TypeScript client 2.4.0 acts for itself, by its own key: node robot.mjs URL CLIENT-ID ISSUER, the key (PKCS #8,
// PEM) in the environment's CLIENT_KEY.
import { Client, PrivateKeyJwtProvider, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { exercise, textOf } from './exercise.mjs';

const [url, clientId, issuer] = process.argv.slice(2);
const authProvider = new PrivateKeyJwtProvider({
  clientId,
  privateKey: process.env.CLIENT_KEY,
  algorithm: 'ES256',
  clientName: 'robot',
  expectedIssuer: issuer,
});
const client = new Client({ name: 'smcp-tests', version: '1.0.0' });

await exercise({
  connected: async () => {
    await client.connect(new StreamableHTTPClientTransport(new URL(url), { authProvider }));
    return true;
  },
  text: async () => textOf(await client.callTool({ name: 'test_simple_text', arguments: {} })),
  scope: async () => (await authProvider.tokens()).scope,
});
