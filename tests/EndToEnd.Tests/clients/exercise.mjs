// What every client does against the fixture server, in terms that its SDK's wrapper in this folder fills in. Prints one
// JSON object: what the client saw. A step that the client's era lacks is null.

// Collects the steps' results under their names; the first failure ends the run with its step's name.
export async function exercise(steps) {
  const seen = {};
  for (const [name, step] of Object.entries(steps)) {
    try {
      seen[name] = await step();
    } catch (error) {
      console.error(`step ${name}: ${error.stack ?? error}`);
      process.exit(1);
    }
  }

  console.log(JSON.stringify(seen));
  process.exit(0);
}

// The steps that all clients of the SDKs' shape share.
export function commonSteps(client, callTool) {
  const progress = [];
  return {
    tools: async () => (await client.listTools()).tools.map(tool => tool.name),
    text: async () => textOf(await callTool({ name: 'test_simple_text', arguments: {} })),
    error: async () => (await callTool({ name: 'test_error_handling', arguments: {} })).isError === true,
    progress: async () => {
      await callTool(
        { name: 'test_tool_with_progress', arguments: {} },
        { onprogress: p => progress.push(p.progress) }
      );
      return progress;
    },
    resources: async () => (await client.listResources()).resources.map(resource => resource.uri),
    resource: async () => (await client.readResource({ uri: 'test://static-text' })).contents[0].text,
    template: async () => (await client.readResource({ uri: 'test://template/7/data' })).contents[0].text,
    prompts: async () => (await client.listPrompts()).prompts.map(prompt => prompt.name),
    prompt: async () => (await client.getPrompt({
      name: 'test_prompt_with_arguments',
      arguments: { arg1: 'hello', arg2: 'world' },
    })).messages[0].content.text,
    completion: async () => (await client.complete({
      ref: { type: 'ref/prompt', name: 'test_prompt_with_arguments' },
      argument: { name: 'arg1', value: 'test' },
    })).completion.values,
  };
}

export function textOf(result) {
  return result.content.filter(part => part.type === 'text').map(part => part.text).join('\n');
}
