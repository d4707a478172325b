// An MCP server over stdio without a package, so that what stands before it is measured and not it: node echo.mjs
import { createInterface } from 'node:readline';

const echo = {
  name: 'echo',
  description: 'Says what it is told.',
  inputSchema: { type: 'object', properties: { message: { type: 'string' } }, required: ['message'] },
};

function answer({ method, params }) {
  switch (method) {
    case 'initialize':
      return {
        protocolVersion: params.protocolVersion,
        capabilities: { tools: {} },
        serverInfo: { name: 'echo', version: '1.0.0' },
      };
    case 'ping': return {};
    case 'tools/list': return { tools: [echo] };
    case 'tools/call': return { content: [{ type: 'text', text: params.arguments.message }] };
    default: return null;
  }
}

createInterface({ input: process.stdin }).on('line', line => {
  const message = JSON.parse(line);
  if (message.id === undefined) {
    return;
  }

  const result = answer(message);
  const rest = result ? { result } : { error: { code: -32601, message: 'Method not found' } };
  process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id: message.id, ...rest }) + '\n');
});
