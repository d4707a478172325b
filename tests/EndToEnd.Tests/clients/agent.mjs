// The TypeScript client 2.4.0 uses an agent that counts, also after its process was killed: node agent.mjs URL era
import { exercise, textOf } from './exercise.mjs';
import { connected } from './person.mjs';

const [url, era] = process.argv.slice(2);
const client = await connected(url, era);
const add = async () => textOf(await client.callTool({ name: 'add', arguments: { by: 2 } }));

await exercise({
  revision: () => client.getNegotiatedProtocolVersion(),
  tools: async () => (await client.listTools()).tools.map(tool => tool.name).sort(),
  counted: async () => [await add(), await add()],
  killed: async () => {
    try {
      await client.callTool({ name: 'loop', arguments: {} });
      return false;
    } catch {
      return true;
    }
  },
  after: add,
  closed: async () => {
    await client.close();
    return true;
  },
});
