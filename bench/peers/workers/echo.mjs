// A server that exports its tools. `die` takes more processor time than a call may: its process is killed.
export const info = { name: "echo", version: "1.0.0" };

export const tools = {
  echo: {
    description: "Says what it is told.",
    inputSchema: { type: "object", properties: { message: { type: "string" } }, required: ["message"] },
    run: ({ message }) => message,
  },
  die: { description: "Ends its process.", run: () => { for (;;); } },
};
