// The TypeScript client 2.4.0 logs its person in: node login.mjs URL registered|documented|narrow [DOCUMENT-URL]
// Prints one JSON object a line: {"open"} for each page that the person has to go to, then what became of it.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { auth, Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client';
import { textOf } from './exercise.mjs';

const [url, kind, documentUrl] = process.argv.slice(2);
const say = line => console.log(JSON.stringify(line));

// Where the person comes back to: one waiter for each authorization request.
let returned;
const callback = createServer((request, response) => {
  response.end('You can close this page.');
  returned(new URL(request.url, 'http://127.0.0.1').searchParams);
});
await new Promise(resolve => callback.listen(0, '127.0.0.1', resolve));
const redirectUrl = `http://127.0.0.1:${callback.address().port}/callback`;

const kept = { asked: 0, refreshed: 0 };
const provider = {
  redirectUrl,
  clientMetadataUrl: kind === 'documented' ? documentUrl : undefined,
  clientMetadata: {
    client_name: 'TypeScript app',
    redirect_uris: [redirectUrl],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
  },
  state: () => (kept.state = randomUUID()),
  clientInformation: () => kept.client,
  saveClientInformation: client => (kept.client = client),
  tokens: () => kept.tokens,
  saveTokens: tokens => {
    kept.refreshed += kept.tokens ? 1 : 0;
    kept.tokens = tokens;
  },
  saveCodeVerifier: verifier => (kept.verifier = verifier),
  codeVerifier: () => kept.verifier,
  saveDiscoveryState: state => (kept.discovery = state),
  discoveryState: () => kept.discovery,
  redirectToAuthorization: page => {
    kept.asked += 1;
    kept.answer = new Promise(resolve => (returned = resolve));
    say({ open: page.href });
  },
};

// Does something, and again when the person has agreed to what it needs.
async function authorized(transport, act) {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof UnauthorizedError)) {
      throw error;
    }

    const answer = await kept.answer;
    if (answer.get('state') !== kept.state) {
      throw new Error('the state is not ours');
    }

    await transport().finishAuth(answer);
    return await act();
  }
}

let transport;
const client = new Client({ name: 'smcp-tests', version: '1.0.0' });
const connect = () => {
  transport = new StreamableHTTPClientTransport(new URL(url), { authProvider: provider });
  return client.connect(transport);
};
const call = () => client.callTool({ name: 'test_simple_text', arguments: {} });

try {
  const seen = {};
  if (kind === 'narrow') {
    // It begins with less than a tool needs.
    transport = new StreamableHTTPClientTransport(new URL(url), { authProvider: provider });
    await authorized(() => transport, async () => {
      if (await auth(provider, { serverUrl: url, scope: 'mcp:read' }) !== 'AUTHORIZED') {
        throw new UnauthorizedError();
      }
    });
    seen.narrow = kept.tokens.scope;
  }

  await authorized(() => transport, connect);
  seen.tools = (await client.listTools()).tools.map(tool => tool.name);
  seen.text = textOf(await authorized(() => transport, call));
  seen.scope = kept.tokens.scope;
  seen.client = kept.client.client_id;
  seen.asked = kept.asked;
  const [first, before] = [kept.tokens.access_token, kept.refreshed];
  while (kind !== 'narrow' && kept.tokens.access_token === first) {
    await new Promise(resolve => setTimeout(resolve, 500));
    await call();
  }

  seen.refreshed = kept.refreshed - before;
  seen.askedInAll = kept.asked;
  say(seen);
} catch (error) {
  say({ refused: `${error.name}: ${error.code ?? ''} ${error.message}` });
}

process.exit(0);
