// A stateless server of the official TypeScript SDK (1.x), as one writes it for Cloudflare Workers.
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import { z } from "zod";

function build(env) {
  const server = new McpServer({ name: "sdk-worker", version: "1.0.0" });
  server.registerTool(
    "add",
    { description: "Adds two numbers.", inputSchema: { a: z.number(), b: z.number() } },
    async ({ a, b }) => ({ content: [{ type: "text", text: String(a + b) }] }));
  server.registerTool(
    "greeting",
    { description: "Says what the variable says." },
    async () => ({ content: [{ type: "text", text: env.GREETING ?? "none" }] }));
  server.registerTool(
    "steps",
    { description: "Tells how far it is." },
    async (extra) => {
      for (let i = 1; i <= 3; i++) {
        await extra.sendNotification({
          method: "notifications/progress",
          params: { progressToken: extra._meta?.progressToken ?? 0, progress: i, total: 3 },
        });
      }

      return { content: [{ type: "text", text: "done" }] };
    });
  return server;
}

export default {
  async fetch(request, env) {
    if (new URL(request.url).pathname !== "/mcp") {
      return new Response("not found", { status: 404 });
    }

    const transport = new WebStandardStreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    await build(env).connect(transport);
    return transport.handleRequest(request);
  },
};
