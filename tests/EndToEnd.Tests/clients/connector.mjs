// The client of the conformance suite, for all of its scenarios: deploys the suite's server as one elsewhere, and uses
// it through the product with the TypeScript client 2.4.0, as a user would. What reaches the suite's server is the
// product's. node connector.mjs; in the environment SMCP_URL, SMCP_KEY (operators'), SMCP_CLIENT_KEY, SMCP_COOKIE (of an
// administrator's browser). What the suite runs is scenario.mjs, which asks this one.
import { randomBytes } from 'node:crypto';
import { createServer, request } from 'node:http';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

const { SMCP_URL, SMCP_KEY, SMCP_CLIENT_KEY, SMCP_COOKIE } = process.env;
const connectsMax = 3;

// A browser: it keeps its cookies, and follows nothing by itself.
function browse(address, form) {
  const target = new URL(address, SMCP_URL);
  const body = form && new URLSearchParams(form).toString();
  const headers = { cookie: SMCP_COOKIE };
  if (body) {
    Object.assign(headers, {
      'content-type': 'application/x-www-form-urlencoded', origin: 'null', 'sec-fetch-site': 'same-origin',
    });
  }

  return new Promise((resolve, reject) => {
    const sent = request(target, { method: body ? 'POST' : 'GET', headers }, async response => {
      const chunks = [];
      for await (const chunk of response) {
        chunks.push(chunk);
      }

      const text = Buffer.concat(chunks).toString();
      resolve({ status: response.statusCode, location: response.headers.location, text });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

// The product says that it is elsewhere, where browsers would find it; here it is at its own address.
const here = address => {
  const { pathname, search } = new URL(address, SMCP_URL);
  return pathname + search;
};

async function administer(method, path, body) {
  const answer = await fetch(new URL(`/api/v1/tenants/default/${path}`, SMCP_URL), {
    method,
    headers: { authorization: `Bearer ${SMCP_KEY}`, 'content-type': 'application/json', 'if-match': '*' },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) {
    throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  }

  return text && JSON.parse(text);
}

// Of the suite's own settings: what an administrator would have been given by who runs the server.
async function authentication({ url, server, scenario, context }) {
  if (!scenario.startsWith('auth/')) {
    return undefined;
  }

  if (!context.client_id) {
    return { kind: 'server' };
  }

  const metadata = await fetch(new URL('/.well-known/oauth-protected-resource/mcp', url));
  const secret = `S_${server.slice(6).toUpperCase()}`;
  await administer('PUT', `secrets/${secret}`, { value: context.client_secret, servers: [server] });
  return {
    kind: scenario.includes('client-credentials') ? 'client' : 'server',
    issuer: (await metadata.json()).authorization_servers[0],
    clientId: context.client_id,
    clientSecret: secret,
  };
}

async function deploy(run) {
  const versions = `servers/${run.server}/versions`;
  const remote = { url: run.url, auth: await authentication(run) };
  const made = await administer('POST', versions, { runtime: 'remote', scope: 'shared', manifest: 'live', remote });
  await administer('POST', `${versions}/${made.version?.number ?? made.number}/activate`, {});
}

// An administrator connects the server's account, by the page.
async function connect(server) {
  const link = `/connect?tenant=default&server=${server}&for=-`;
  const page = await browse(link);
  const token = /name="form_token" value="([^"]*)"/.exec(page.text)?.[1];
  if (page.status !== 200 || !token) {
    throw new Error(`the page says ${page.status}: ${page.text}`);
  }

  const gone = await browse(link, { form_token: token });
  if (!gone.location) {
    throw new Error(`nobody is asked: ${gone.status} ${gone.text}`);
  }

  const agreed = await fetch(gone.location, { redirect: 'manual' });
  const back = await browse(here(agreed.headers.get('location')));
  if (!back.text.includes('is connected')) {
    throw new Error(`not connected: ${back.status} ${back.text}`);
  }
}

// Does something, and again when an account is connected, as far as that is asked for.
async function connected(server, act) {
  for (let connects = 0; ; connects++) {
    let said;
    try {
      const answer = await act();
      said = answer?.isError ? answer.content[0].text : '';
      if (!said.includes('/connect?')) {
        return answer;
      }
    } catch (error) {
      said = `${error.message} ${JSON.stringify(error.data ?? '')}`;
      if (!said.includes('/connect?')) {
        throw error;
      }
    }

    if (connects === connectsMax) {
      throw new Error(said);
    }

    await connect(server);
  }
}

function clientOf({ scenario, isModern }) {
  const client = new Client({ name: 'smcp-tests', version: '1.0.0' }, {
    capabilities: { elicitation: { form: { applyDefaults: true } }, sampling: {}, roots: {} },
    versionNegotiation: { mode: isModern ? { pin: '2026-07-28' } : 'legacy' },
  });
  client.setRequestHandler('elicitation/create', asked => ({
    action: 'accept',
    content: Object.fromEntries(Object.entries(asked.params.requestedSchema?.properties ?? {})
      .filter(([, property]) => property.default !== undefined || scenario.startsWith('sep-2322'))
      .map(([name, property]) => [name, property.default ?? (property.type === 'boolean' ? true : 'yes')])),
  }));
  client.setRequestHandler('sampling/createMessage', () => ({
    role: 'assistant', model: 'a-model', content: { type: 'text', text: 'sampled' },
  }));
  client.setRequestHandler('roots/list', () => ({ roots: [] }));
  return client;
}

// What each scenario wants done; those of authorization want a tool called.
const acts = {
  tools_call: ({ call }) => call('add_numbers', { a: 5, b: 3 }),
  'elicitation-sep1034-client-defaults': ({ call }) => call('test_client_elicitation_defaults', {}),
  'sse-retry': ({ call }) => call('test_reconnection', {}),
  'http-custom-headers': async ({ call, context }) => {
    for (const { name, arguments: given } of context.toolCalls) {
      await call(name, given);
    }
  },
  'http-invalid-tool-headers': ({ call, tools }) =>
    Promise.all(tools.map(tool => call(tool.name, { region: 'here' }))),
  'http-standard-headers': async ({ call, tools, client }) => {
    await call(tools[0].name, {});
    const { resources } = await client.listResources();
    await client.readResource({ uri: resources[0].uri });
    const { prompts } = await client.listPrompts();
    await client.getPrompt({ name: prompts[0].name });
  },
  'json-schema-2020-12-preservation': ({ call, tools }) => call('json_schema_echo', {
    schema: tools.find(tool => tool.name !== 'json_schema_echo').inputSchema,
  }),
  'sep-2322-client-request-state': ({ call, tools }) => Promise.all(tools.map(tool => call(tool.name, {}))),
};

async function act(scenario) {
  const run = { ...scenario, server: `suite-${randomBytes(6).toString('hex')}` };
  await deploy(run);
  const client = clientOf(run);
  const transport = new StreamableHTTPClientTransport(
    new URL(`/t/default/s/${run.server}/mcp`, SMCP_URL),
    { requestInit: { headers: { authorization: `Bearer ${SMCP_CLIENT_KEY}` } } });
  try {
    await connected(run.server, () => client.connect(transport));
    const call = (name, args) => connected(run.server, () => client.callTool({ name, arguments: args }));
    const { tools = [] } = await connected(run.server, () => client.listTools());
    const chosen = run.scenario.startsWith('auth/') ? () => call('test-tool', {}) : acts[run.scenario];
    await chosen?.({ ...run, call, client, tools });
  } finally {
    // Else the product listens on, and the suite waits for its server to end.
    await transport.terminateSession().catch(() => {});
    await client.close();
  }
}

const listener = createServer(async (asked, answer) => {
  const chunks = [];
  for await (const chunk of asked) {
    chunks.push(chunk);
  }

  try {
    await act(JSON.parse(Buffer.concat(chunks)));
    answer.end();
  } catch (error) {
    answer.writeHead(500).end(error.stack);
  }
});
listener.requestTimeout = 0;
listener.listen(0, '127.0.0.1', () => console.log(`ready: http://127.0.0.1:${listener.address().port}/`));
