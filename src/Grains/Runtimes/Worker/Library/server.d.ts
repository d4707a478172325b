// Types of smcp:server, the module that Smcp gives every worker: put this file in your project.

declare module "smcp:server" {
  export interface TextContent { type: "text"; text: string; [field: string]: unknown }
  export interface BinaryContent { type: "image" | "audio"; data: string; mimeType: string; [field: string]: unknown }
  export interface ResourceContent { type: "resource" | "resource_link"; [field: string]: unknown }
  export type Content = TextContent | BinaryContent | ResourceContent;

  export interface ToolResult {
    content: Content[];
    structuredContent?: unknown;
    isError?: boolean;
    _meta?: Record<string, unknown>;
  }

  export interface InputRequest { method: string; params: Record<string, unknown> }

  /** What {@link ask} returns: return it from a tool, a prompt or a resource. */
  export interface InputRequired {
    resultType: "input_required";
    inputRequests: Record<string, InputRequest>;
    requestState?: string;
  }

  export type LogLevel =
    "debug" | "info" | "notice" | "warning" | "error" | "critical" | "alert" | "emergency";

  /** What a tool, prompt or resource is given beside its arguments. */
  export interface Context<Env = any> {
    /** The worker's bindings: KV namespaces, buckets, variables and secrets. */
    readonly env: Env;
    /** Aborted when the call is cancelled. */
    readonly signal: AbortSignal;
    /** What was answered to the requests of {@link ask}, by their names; undefined in the first call. */
    readonly answers?: Record<string, any>;
    /** The state given to {@link ask}. It went through the client: believe nothing in it. */
    readonly state?: any;
    readonly client?: { name: string; version: string };
    /** What the client can be asked for. */
    readonly capabilities: Record<string, unknown>;
    /** Tells the client how far the work is, if it wants to know. */
    progress(progress: number, total?: number, message?: string): Promise<void>;
    /** Sends a log message to the client, if it asked for such. */
    log(level: LogLevel, data: unknown, logger?: string): Promise<void>;
    /** Keeps the worker at work on this after the answer. */
    waitUntil(promise: Promise<unknown>): void;
  }

  /** A whole result, a text, or a value (structured content where the tool has an output schema). */
  export type ToolOutput = ToolResult | InputRequired | string | number | boolean | object | null | undefined;
  export type ToolFunction<Arguments = any, Env = any> =
    (args: Arguments, context: Context<Env>) => ToolOutput | Promise<ToolOutput>;

  export interface Tool<Arguments = any, Env = any> {
    title?: string;
    description?: string;
    /** JSON Schema of the arguments: types, members and enumerated values are checked before run. */
    inputSchema?: { type: "object"; [keyword: string]: unknown };
    outputSchema?: Record<string, unknown>;
    annotations?: {
      title?: string; readOnlyHint?: boolean; destructiveHint?: boolean;
      idempotentHint?: boolean; openWorldHint?: boolean;
    };
    icons?: { src: string; mimeType?: string; sizes?: string[] }[];
    _meta?: Record<string, unknown>;
    run: ToolFunction<Arguments, Env>;
  }

  export interface PromptMessage { role: "user" | "assistant"; content: Content }
  export type PromptOutput = string | { description?: string; messages: PromptMessage[] } | InputRequired;

  export interface Prompt<Env = any> {
    title?: string;
    description?: string;
    arguments?: { name: string; title?: string; description?: string; required?: boolean }[];
    get(args: Record<string, string>, context: Context<Env>): PromptOutput | Promise<PromptOutput>;
    /** Values for an argument that is being typed. */
    complete?(argument: { name: string; value: string }, context: Context<Env>): string[] | Promise<string[]>;
  }

  export type ResourceOutput =
    | string | ArrayBuffer | ArrayBufferView
    | { contents: { uri?: string; mimeType?: string; text?: string; blob?: string }[] }
    | { uri?: string; mimeType?: string; text?: string; blob?: string }
    | InputRequired | null | undefined;

  export interface Resource<Env = any> {
    name?: string;
    title?: string;
    description?: string;
    mimeType?: string;
    /** Null or undefined: there is no such resource. */
    read(uri: string, variables: Record<string, string>, context: Context<Env>):
      ResourceOutput | Promise<ResourceOutput>;
  }

  export interface ServerDefinition<Env = any> {
    name?: string;
    title?: string;
    version?: string;
    instructions?: string;
    tools?: Record<string, Tool<any, Env> | ToolFunction<any, Env>>;
    prompts?: Record<string, Prompt<Env>>;
    /** By URI. */
    resources?: Record<string, Resource<Env>>;
    /** By URI template of simple variables, such as `notes://{id}`. */
    resourceTemplates?: Record<string, Resource<Env>>;
  }

  /** Makes a worker: `export default server({ … })`. */
  export function server<Env = any>(definition: ServerDefinition<Env>): { fetch: Function };

  /** An error that the client sees as it is. */
  export class McpError extends Error {
    constructor(code: number, message: string, data?: unknown);
    code: number;
    data?: unknown;
  }

  export function text(value: unknown): TextContent;
  export function image(data: ArrayBuffer | ArrayBufferView | string, mimeType: string): BinaryContent;
  export function audio(data: ArrayBuffer | ArrayBufferView | string, mimeType: string): BinaryContent;
  /** A tool's result that says it failed: the model reads it. */
  export function failure(message: string): ToolResult;

  /** Asks the client first: what was called is called again, with the answers and this state in its context. */
  export function ask(requests: Record<string, InputRequest>, state?: unknown): InputRequired;
  /** For {@link ask}: a form for the user. */
  export function elicitation(message: string, requestedSchema: Record<string, unknown>): InputRequest;
  /** For {@link ask}: a message of the client's model. */
  export function sampling(params: Record<string, unknown>): InputRequest;
  /** For {@link ask}: the folders that the client works in. */
  export function roots(): InputRequest;
}
