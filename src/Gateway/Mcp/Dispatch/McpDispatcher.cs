using Smcp.Mcp.Answers;
using Smcp.Protocol;

namespace Smcp.Mcp.Dispatch;

// :: 5 dispatch: the only fork between the two eras. A revision with sessions goes to 6, one without straight to 7.
internal sealed class McpDispatcher(SessionDispatch sessions, StatelessDispatch stateless)
{
    public Task PostAsync(McpExchange exchange)
    {
        if (!exchange.Revision.UsesSessions)
        {
            return exchange.Message.Kind == JsonRpcKind.Request
                ? stateless.CallAsync(exchange)
                : JsonAnswer.AcceptedAsync(exchange.Http);
        }

        if (exchange.Session is null)
        {
            return sessions.InitializeAsync(exchange);
        }

        if (exchange.Body.Batch is not null)
        {
            return sessions.BatchAsync(exchange);
        }

        return exchange.Message.Kind == JsonRpcKind.Request
            ? sessions.CallAsync(exchange)
            : sessions.TakeAsync(exchange);
    }

    public Task GetAsync(McpExchange exchange) => sessions.OpenAsync(exchange);

    public Task DeleteAsync(McpExchange exchange) => sessions.DeleteAsync(exchange);
}
