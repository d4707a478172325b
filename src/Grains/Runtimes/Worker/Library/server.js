// smcp:server: speaks MCP (revision 2026-07-28, Streamable HTTP without sessions) for a worker that exports what it
// offers. Smcp brings every client to it, of whichever revision.

const REVISION = "2026-07-28";
const META = "io.modelcontextprotocol/";
const PARSE_ERROR = -32700;
const INVALID_REQUEST = -32600;
const METHOD_NOT_FOUND = -32601;
const INVALID_PARAMS = -32602;
const INTERNAL_ERROR = -32603;
const UNSUPPORTED_VERSION = -32022;
const LEVELS = ["debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"];
const DEPTH_MAX = 32;

/** An error that the client sees as it is. */
export class McpError extends Error {
  constructor(code, message, data) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

/** A content block of text. */
export const text = (value) => ({ type: "text", text: String(value) });

/** A content block of an image: bytes, or Base64. */
export const image = (data, mimeType) => ({ type: "image", data: base64(data), mimeType });

/** A content block of audio: bytes, or Base64. */
export const audio = (data, mimeType) => ({ type: "audio", data: base64(data), mimeType });

/** A tool's result that says it failed: the model reads it. */
export const failure = (message) => ({ content: [text(message)], isError: true });

/** Asks the client's user, model or roots first: the tool is called again, with the answers and this state. */
export const ask = (requests, state) => ({
  resultType: "input_required",
  inputRequests: requests,
  ...(state === undefined ? {} : { requestState: JSON.stringify(state) }),
});

/** A request for {@link ask}: a form for the user. */
export const elicitation = (message, requestedSchema) => ({
  method: "elicitation/create",
  params: { mode: "form", message, requestedSchema },
});

/** A request for {@link ask}: a message of the client's model. */
export const sampling = (params) => ({ method: "sampling/createMessage", params });

/** A request for {@link ask}: the folders that the client works in. */
export const roots = () => ({ method: "roots/list", params: {} });

/** Makes a worker of what it offers: `export default server({ name, tools, prompts, resources })`. */
export function server(definition) {
  const offered = normalize(definition);
  return { fetch: (request, env, ctx) => handle(offered, request, env, ctx) };
}

/** A worker of a module that exports `tools`, `prompts`, `resources`, `resourceTemplates`, or a `fetch` of its own. */
export function worker(module) {
  const main = module.default;
  if (typeof main === "function" || typeof main?.fetch === "function") {
    return main;
  }

  const source = { ...module.info, ...module, ...(main ?? {}) };
  if (!source.tools && !source.prompts && !source.resources && !source.resourceTemplates) {
    throw new Error("The main module exports neither fetch nor tools, prompts, resources or resourceTemplates.");
  }

  return server(source);
}

function normalize(definition) {
  const entries = (group) => new Map(Object.entries(group ?? {}));
  const offered = {
    info: {
      name: definition.name ?? "worker",
      version: definition.version ?? "1.0.0",
      ...(definition.title === undefined ? {} : { title: definition.title }),
    },
    instructions: definition.instructions,
    tools: entries(definition.tools),
    prompts: entries(definition.prompts),
    resources: entries(definition.resources),
    templates: [...entries(definition.resourceTemplates)].map(([uriTemplate, entry]) => ({
      uriTemplate, entry, pattern: patternOf(uriTemplate),
    })),
  };
  for (const [name, tool] of offered.tools) {
    if (typeof tool !== "function" && typeof tool?.run !== "function") {
      throw new Error(`The tool '${name}' has no run function.`);
    }
  }

  return offered;
}

async function handle(offered, request, env, ctx) {
  if (request.method !== "POST") {
    return new Response(null, { status: 405, headers: { allow: "POST" } });
  }

  let message;
  try {
    message = await request.json();
  } catch {
    return failed(null, new McpError(PARSE_ERROR, "The body is no JSON."), 400);
  }

  if (message?.jsonrpc !== "2.0" || typeof message.method !== "string") {
    return failed(null, new McpError(INVALID_REQUEST, "The body is no JSON-RPC request."), 400);
  }

  if (message.id === undefined) {
    return new Response(null, { status: 202 });
  }

  const asked = message.params?._meta?.[`${META}protocolVersion`];
  if (message.method !== "initialize" && asked !== REVISION) {
    const data = { supported: [REVISION], requested: asked ?? null };
    return failed(message.id, new McpError(UNSUPPORTED_VERSION, "The revision is not supported.", data), 400);
  }

  const method = METHODS[message.method];
  if (method === undefined) {
    return failed(message.id, new McpError(METHOD_NOT_FOUND, "The method is not offered."), 404);
  }

  if (message.method === "subscriptions/listen") {
    return listen(message.id);
  }

  return answer(offered, message, method, { request, env, ctx });
}

// An answer is JSON, unless something is to be said before it: then it is the last event of a stream.
async function answer(offered, message, method, scope) {
  const channel = new Channel();
  const running = run(offered, message, method, new Context(message.params, scope, channel));
  const first = await Promise.race([running, channel.opened]);
  if (first !== undefined) {
    return Response.json(first);
  }

  running.then((last) => channel.end(last));
  return new Response(channel.readable, {
    headers: { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" },
  });
}

async function run(offered, message, method, context) {
  try {
    const result = await method(offered, message.params ?? {}, context);
    const meta = { ...result._meta, [`${META}serverInfo`]: offered.info };
    return { jsonrpc: "2.0", id: message.id, result: { resultType: "complete", ...result, _meta: meta } };
  } catch (error) {
    return { jsonrpc: "2.0", id: message.id, error: describe(error) };
  }
}

function describe(error) {
  if (error instanceof McpError) {
    return { code: error.code, message: error.message, ...(error.data === undefined ? {} : { data: error.data }) };
  }

  console.error(error);
  return { code: INTERNAL_ERROR, message: "The server failed." };
}

function failed(id, error, status) {
  return Response.json({ jsonrpc: "2.0", id, error: describe(error) }, { status });
}

// Nothing that is offered changes while the worker runs, so a listener is told that nothing is listened to.
function listen(id) {
  const meta = { [`${META}subscriptionId`]: id };
  const acknowledged = { jsonrpc: "2.0", method: "notifications/subscriptions/acknowledged", params: { notifications: {}, _meta: meta } };
  const last = { jsonrpc: "2.0", id, result: { resultType: "complete", _meta: meta } };
  return new Response(event(acknowledged) + event(last), { headers: { "content-type": "text/event-stream" } });
}

const event = (message) => `event: message\ndata: ${JSON.stringify(message)}\n\n`;

class Channel {
  #writer;
  #open;
  #encoder = new TextEncoder();

  constructor() {
    this.opened = new Promise((resolve) => { this.#open = resolve; });
  }

  async send(message) {
    if (this.#writer === undefined) {
      const { readable, writable } = new TransformStream();
      this.readable = readable;
      this.#writer = writable.getWriter();
      this.#open(undefined);
    }

    await this.#writer.write(this.#encoder.encode(event(message)));
  }

  async end(message) {
    try {
      await this.send(message);
      await this.#writer.close();
    } catch {
      // Who asked is gone.
    }
  }
}

/** What a tool, prompt or resource is given beside its arguments. */
class Context {
  #channel;
  #meta;

  constructor(params, { request, env, ctx }, channel) {
    this.#channel = channel;
    this.#meta = params?._meta ?? {};
    this.env = env;
    this.signal = request.signal;
    this.answers = params?.inputResponses;
    this.state = stateOf(params?.requestState);
    this.client = this.#meta[`${META}clientInfo`];
    this.capabilities = this.#meta[`${META}clientCapabilities`] ?? {};
    this.waitUntil = (promise) => ctx.waitUntil(promise);
  }

  /** Tells the client how far the work is, if it wants to know. */
  async progress(progress, total, message) {
    const progressToken = this.#meta.progressToken;
    if (progressToken !== undefined) {
      await this.#notify("notifications/progress", { progressToken, progress, total, message });
    }
  }

  /** Sends a log message to the client, if it asked for such. */
  async log(level, data, logger) {
    const least = LEVELS.indexOf(this.#meta[`${META}logLevel`]);
    if (least >= 0 && LEVELS.indexOf(level) >= least) {
      await this.#notify("notifications/message", { level, data, logger });
    }
  }

  async #notify(method, params) {
    await this.#channel.send({ jsonrpc: "2.0", method, params });
  }
}

function stateOf(requestState) {
  if (requestState === undefined) {
    return undefined;
  }

  try {
    return JSON.parse(requestState);
  } catch {
    throw new McpError(INVALID_PARAMS, "The requestState is none of this server's.");
  }
}

const cached = { ttlMs: 0, cacheScope: "private" };

const METHODS = {
  "server/discover": async (offered) => ({
    supportedVersions: [REVISION],
    capabilities: {
      logging: {},
      ...(offered.tools.size > 0 ? { tools: {} } : {}),
      ...(offered.prompts.size > 0 ? { prompts: {} } : {}),
      ...(offered.resources.size + offered.templates.length > 0 ? { resources: {} } : {}),
      ...([...offered.prompts.values()].some((prompt) => prompt.complete) ? { completions: {} } : {}),
    },
    serverInfo: offered.info,
    ...(offered.instructions === undefined ? {} : { instructions: offered.instructions }),
    ...cached,
  }),
  "tools/list": async (offered) => ({ tools: [...offered.tools].map(describeTool), ...cached }),
  "tools/call": callTool,
  "prompts/list": async (offered) => ({
    prompts: [...offered.prompts].map(([name, prompt]) => ({ name, ...declared(prompt, ["get", "complete"]) })),
    ...cached,
  }),
  "prompts/get": async (offered, params, context) => {
    const prompt = offered.prompts.get(params.name);
    if (prompt === undefined) {
      throw new McpError(INVALID_PARAMS, "There is no such prompt.");
    }

    const missing = (prompt.arguments ?? []).find((a) => a.required && params.arguments?.[a.name] === undefined);
    if (missing !== undefined) {
      throw new McpError(INVALID_PARAMS, `The argument '${missing.name}' is missing.`);
    }

    const result = await prompt.get(params.arguments ?? {}, context);
    return typeof result === "string" ? { messages: [{ role: "user", content: text(result) }] } : result;
  },
  "resources/list": async (offered) => ({
    resources: [...offered.resources].map(([uri, resource]) => ({ uri, name: uri, ...declared(resource, ["read"]) })),
    ...cached,
  }),
  "resources/templates/list": async (offered) => ({
    resourceTemplates: offered.templates.map(({ uriTemplate, entry }) => ({
      uriTemplate, name: uriTemplate, ...declared(entry, ["read"]),
    })),
    ...cached,
  }),
  "resources/read": readResource,
  "completion/complete": async (offered, params, context) => {
    const complete = params.ref?.type === "ref/prompt" ? offered.prompts.get(params.ref.name)?.complete : undefined;
    const values = (await complete?.(params.argument, context)) ?? [];
    return { completion: { values: values.slice(0, 100), total: values.length, hasMore: values.length > 100 } };
  },
  "subscriptions/listen": async () => ({}),
};

const declared = (entry, hidden) =>
  Object.fromEntries(Object.entries(entry).filter(([name, value]) => !hidden.includes(name) && value !== undefined));

function describeTool([name, tool]) {
  return typeof tool === "function"
    ? { name, description: "", inputSchema: { type: "object" } }
    : { name, description: "", inputSchema: { type: "object" }, ...declared(tool, ["run"]) };
}

async function callTool(offered, params, context) {
  const tool = offered.tools.get(params.name);
  if (tool === undefined) {
    throw new McpError(INVALID_PARAMS, "There is no such tool.");
  }

  const given = params.arguments ?? {};
  const wrong = violation(tool.inputSchema ?? { type: "object" }, given, "arguments", 0);
  if (wrong !== undefined) {
    return failure(wrong);
  }

  try {
    return resultOf(await (typeof tool === "function" ? tool(given, context) : tool.run(given, context)), tool);
  } catch (error) {
    if (error instanceof McpError) {
      throw error;
    }

    console.error(error);
    return failure(error instanceof Error ? error.message : String(error));
  }
}

// What a tool returns: a whole result, a text, or a value, which is structured content where the tool has a schema.
function resultOf(value, tool) {
  if (value?.resultType === "input_required" || Array.isArray(value?.content)) {
    return value;
  }

  if (value === undefined || value === null) {
    return { content: [] };
  }

  if (typeof value === "string") {
    return { content: [text(value)] };
  }

  const content = [text(JSON.stringify(value))];
  return tool.outputSchema === undefined ? { content } : { content, structuredContent: value };
}

async function readResource(offered, params, context) {
  const uri = params.uri;
  let resource = offered.resources.get(uri);
  let variables = {};
  for (const template of resource === undefined && typeof uri === "string" ? offered.templates : []) {
    const match = template.pattern.exec(uri);
    if (match !== null) {
      resource = template.entry;
      variables = Object.fromEntries(Object.entries(match.groups ?? {}).map(([n, v]) => [n, decodeURIComponent(v)]));
      break;
    }
  }

  const content = await resource?.read(uri, variables, context);
  if (content === undefined || content === null) {
    throw new McpError(INVALID_PARAMS, "There is no such resource.", { uri });
  }

  if (content.resultType === "input_required") {
    return content;
  }

  const parts = Array.isArray(content.contents) ? content.contents : [content];
  return { contents: parts.map((part) => contentOf(part, uri, resource.mimeType)), ...cached };
}

function contentOf(part, uri, mimeType) {
  const type = mimeType === undefined ? {} : { mimeType };
  if (typeof part === "string") {
    return { uri, ...type, text: part };
  }

  return part instanceof ArrayBuffer || ArrayBuffer.isView(part)
    ? { uri, ...type, blob: base64(part) }
    : { uri, ...type, ...part };
}

// A URI template of simple variables (RFC 6570, level 1).
function patternOf(uriTemplate) {
  const source = uriTemplate.split(/(\{[A-Za-z_]\w*\})/).map((part) =>
    /^\{[A-Za-z_]\w*\}$/.test(part)
      ? `(?<${part.slice(1, -1)}>[^/?#]+)`
      : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${source.join("")}$`);
}

function base64(data) {
  if (typeof data === "string") {
    return data;
  }

  const bytes = ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
  let binary = "";
  for (let i = 0; i < bytes.length; i += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  }

  return btoa(binary);
}

const TYPES = {
  object: (v) => typeof v === "object" && v !== null && !Array.isArray(v),
  array: Array.isArray,
  string: (v) => typeof v === "string",
  number: (v) => typeof v === "number",
  integer: Number.isInteger,
  boolean: (v) => typeof v === "boolean",
  null: (v) => v === null,
};

// What a schema says of types, members and enumerated values; the rest of JSON Schema is the tool's own to check.
function violation(schema, value, path, depth) {
  if (typeof schema !== "object" || schema === null || depth > DEPTH_MAX) {
    return undefined;
  }

  const types = [schema.type ?? []].flat();
  if (types.length > 0 && !types.some((type) => TYPES[type]?.(value) ?? true)) {
    return `${path} must be of type ${types.join(" or ")}.`;
  }

  if (Array.isArray(schema.enum) && !schema.enum.some((one) => JSON.stringify(one) === JSON.stringify(value))) {
    return `${path} must be one of the values that are allowed.`;
  }

  if (TYPES.object(value)) {
    const known = schema.properties ?? {};
    for (const name of schema.required ?? []) {
      if (!Object.hasOwn(value, name)) {
        return `${path}.${name} is missing.`;
      }
    }

    for (const [name, member] of Object.entries(value)) {
      if (Object.hasOwn(known, name)) {
        const wrong = violation(known[name], member, `${path}.${name}`, depth + 1);
        if (wrong !== undefined) {
          return wrong;
        }
      } else if (schema.additionalProperties === false) {
        return `${path}.${name} is not known.`;
      }
    }
  }

  if (Array.isArray(value) && schema.items !== undefined) {
    for (const [index, item] of value.entries()) {
      const wrong = violation(schema.items, item, `${path}[${index}]`, depth + 1);
      if (wrong !== undefined) {
        return wrong;
      }
    }
  }

  return undefined;
}
