// An echo server on the TypeScript SDK 1.32.2 with sessions, as its documentation has one written: node server.mjs
import { randomUUID } from 'node:crypto';
import express from 'express';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { isInitializeRequest } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';

const transports = new Map();
const app = express();
app.use(express.json());

function createServer() {
  const server = new McpServer({ name: 'echo', version: '1.0.0' });
  server.registerTool(
    'echo',
    { description: 'Returns its message.', inputSchema: { message: z.string() } },
    ({ message }) => ({ content: [{ type: 'text', text: message }] })
  );
  return server;
}

app.post('/mcp', async (request, response) => {
  let transport = transports.get(request.headers['mcp-session-id']);
  if (!transport && isInitializeRequest(request.body)) {
    transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: id => transports.set(id, transport),
    });
    await createServer().connect(transport);
  }

  if (!transport) {
    response.status(404).end();
    return;
  }

  await transport.handleRequest(request, response, request.body);
});

app.get('/mcp', (request, response) => response.status(405).end());
app.delete('/mcp', (request, response) => {
  const transport = transports.get(request.headers['mcp-session-id']);
  transports.delete(request.headers['mcp-session-id']);
  return transport ? transport.handleRequest(request, response) : response.status(404).end();
});

const listener = app.listen(0, '127.0.0.1', () => {
  console.log(`ready: http://127.0.0.1:${listener.address().port}/mcp`);
});
