import { ask, elicitation, failure } from "smcp:server";

export const info = { name: "bookmarks", version: "1.0.0", instructions: "Keeps the bookmarks of one tenant." };

const again = { type: "object", properties: { sure: { type: "boolean", title: "Save it again" } }, required: ["sure"] };

export const tools = {
  save: {
    description: "Saves a bookmark under its URL.",
    inputSchema: {
      type: "object",
      properties: { url: { type: "string" }, title: { type: "string" } },
      required: ["url"],
      additionalProperties: false,
    },
    async run({ url, title = url }, { env, answers }) {
      if (!URL.canParse(url)) {
        return failure(`'${url}' is no URL.`);
      }

      const saved = await env.BOOKMARKS.get(url);
      if (saved !== null && answers === undefined) {
        return ask({ again: elicitation(`It is saved as '${saved}'. Save it again?`, again) });
      }

      if (saved !== null && answers.again?.content?.sure !== true) {
        return "Nothing was changed.";
      }

      await env.BOOKMARKS.put(url, title);
      return `Saved ${url}.`;
    },
  },
  list: {
    description: "Lists the bookmarks whose URL begins with a prefix.",
    inputSchema: { type: "object", properties: { prefix: { type: "string" } }, additionalProperties: false },
    annotations: { readOnlyHint: true },
    async run({ prefix = "" }, { env }) {
      const { keys } = await env.BOOKMARKS.list({ prefix });
      return keys.length === 0 ? "There are none." : keys.map((key) => `- ${key.name}`).join("\n");
    },
  },
  remove: {
    description: "Removes a bookmark.",
    inputSchema: { type: "object", properties: { url: { type: "string" } }, required: ["url"] },
    annotations: { destructiveHint: true, idempotentHint: true },
    async run({ url }, { env }) {
      await env.BOOKMARKS.delete(url);
      return `Removed ${url}.`;
    },
  },
};

export const resourceTemplates = {
  "bookmark://{url}": {
    name: "bookmark",
    description: "A bookmark's title; its URL is percent-encoded.",
    mimeType: "text/plain",
    read: (uri, { url }, { env }) => env.BOOKMARKS.get(url),
  },
};
