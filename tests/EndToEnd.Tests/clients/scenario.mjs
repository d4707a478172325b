// What the conformance suite runs as its client, once a scenario: has connector.mjs act, which is there already.
// node scenario.mjs URL; in the environment CONNECTOR_URL, and what the suite says of the scenario.
import { request } from 'node:http';

const {
  CONNECTOR_URL, MCP_CONFORMANCE_SCENARIO, MCP_CONFORMANCE_CONTEXT, MCP_CONFORMANCE_PROTOCOL_VERSION,
} = process.env;
const sent = request(CONNECTOR_URL, { method: 'POST' }, async answer => {
  for await (const chunk of answer) {
    process.stderr.write(chunk);
  }

  process.exitCode = answer.statusCode === 200 ? 0 : 1;
});
sent.end(JSON.stringify({
  url: process.argv.at(-1),
  scenario: MCP_CONFORMANCE_SCENARIO,
  context: JSON.parse(MCP_CONFORMANCE_CONTEXT ?? '{}'),
  isModern: MCP_CONFORMANCE_PROTOCOL_VERSION === '2026-07-28',
}));
