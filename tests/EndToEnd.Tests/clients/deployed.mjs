// The TypeScript client 2.4.0 uses servers of other people behind Smcp: node deployed.mjs URL era
// The URL is that of all servers, with {server} where the name stands.
import { exercise, textOf } from './exercise.mjs';
import { connected } from './person.mjs';

const [url, era] = process.argv.slice(2);
const open = (server, root) => connected(url.replace('{server}', server), era, root);
const names = items => items.map(item => item.name);

const everything = await open('everything');
const files = await open('filesystem', 'file:///data');
const memory = await open('memory');
const thinking = await open('sequential-thinking');
const call = async (client, name, args = {}, options = undefined) =>
  textOf(await client.callTool({ name, arguments: args }, options));
const progress = [];

await exercise({
  revision: () => everything.getNegotiatedProtocolVersion(),
  server: () => everything.getServerVersion()?.name ?? null,
  tools: async () => names((await everything.listTools()).tools),
  echo: () => call(everything, 'echo', { message: 'hello' }),
  progress: async () => {
    await call(everything, 'trigger-long-running-operation', { duration: 0.3, steps: 3 }, {
      onprogress: seen => progress.push(seen.progress),
    });
    return progress;
  },
  resources: async () => names((await everything.listResources()).resources),
  resource: async () =>
    (await everything.readResource({ uri: 'demo://resource/dynamic/text/7' })).contents[0].text,
  prompts: async () => names((await everything.listPrompts()).prompts),
  prompt: async () => (await everything.getPrompt({ name: 'args-prompt', arguments: { city: 'Oslo' } }))
    .messages[0].content.text,
  completion: async () => (await everything.complete({
    ref: { type: 'ref/prompt', name: 'completable-prompt' },
    argument: { name: 'department', value: 'Eng' },
  })).completion.values,
  sampling: () => call(everything, 'trigger-sampling-request', { prompt: 'Say something' }),
  elicitation: () => call(everything, 'trigger-elicitation-request'),
  roots: () => call(everything, 'get-roots-list'),
  // It asks for the roots by itself, and a call carries the question; from the answer on they are what it may reach.
  allowed: async () => {
    let seen;
    for (let i = 0; i < 20 && !seen?.includes('/data'); i++) {
      seen = await call(files, 'list_allowed_directories');
    }

    return seen;
  },
  written: () => call(files, 'write_file', { path: '/data/note.txt', content: 'kept in the jail' }),
  read: () => call(files, 'read_text_file', { path: '/data/note.txt' }),
  beyond: async () => (await files.callTool({
    name: 'read_text_file', arguments: { path: '/etc/passwd' },
  })).isError === true,
  remembered: async () => {
    await call(memory, 'create_entities', {
      entities: [{ name: 'Ann', entityType: 'person', observations: ['likes tea'] }],
    });
    return call(memory, 'read_graph');
  },
  thought: () => call(thinking, 'sequentialthinking', {
    thought: 'First, look.', thoughtNumber: 1, totalThoughts: 2, nextThoughtNeeded: true,
  }),
  closed: async () => {
    await Promise.all([everything, files, memory, thinking].map(client => client.close()));
    return true;
  },
});
