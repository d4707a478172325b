// An agent of Cloudflare's own package, as one writes it for Cloudflare Workers: each session is a Durable Object.
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { McpAgent } from "agents/mcp";
import { z } from "zod";

export class Counter extends McpAgent {
  server = new McpServer({ name: "counter", version: "1.0.0" });
  initialState = { count: 0 };

  async init() {
    this.server.registerTool(
      "add",
      { description: "Adds to what it has.", inputSchema: { by: z.number() } },
      async ({ by }) => {
        this.setState({ count: this.state.count + by });
        return { content: [{ type: "text", text: String(this.state.count) }] };
      });
    this.server.registerTool("loop", { description: "Never ends, and takes its process down." }, () => { for (;;); });
  }
}

export default Counter.serve("/mcp", { binding: "COUNTER" });
