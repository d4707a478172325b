using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Smcp.Hosting.Classes;
using Smcp.Protocol;

namespace Smcp.Runtimes.CSharp;

/// <summary><c>prompts/list</c> and <c>prompts/get</c>.</summary>
internal sealed class PromptHandlers(ServerClass served, RequestFactory requests)
{
    private readonly ListPages<McpServerPrompt> _pages = new(served.Prompts, prompt => prompt.ProtocolPrompt.Name);

    public static bool IsServed(ServerClass served) =>
        served.Prompts.Count > 0
        || served.Handlers.ListPromptsHandler is not null
        || served.Handlers.GetPromptHandler is not null;

    public static void AddTo(Dictionary<string, RequestHandler> handlers, ServerClass served, RequestFactory requests)
    {
        if (!IsServed(served))
        {
            return;
        }

        var prompts = new PromptHandlers(served, requests);
        var filters = served.Filters.Request;
        handlers[McpMethods.PromptsList] = requests.Typed(
            RequestFactory.Filtered(prompts.ListPageAsync, filters.ListPromptsFilters));
        var get = RequestFactory.Filtered(prompts.GetAsync, filters.GetPromptFilters);
        handlers[McpMethods.PromptsGet] = requests.Asking<GetPromptRequestParams, GetPromptResult>((request, token) =>
        {
            if (request.Server.ServerOptions.PromptCollection!.TryGetPrimitive(request.Params.Name, out var prompt))
            {
                request.MatchedPrimitive = prompt;
            }

            return get(request, token);
        });
    }

    private async ValueTask<ListPromptsResult> ListPageAsync(
        RequestContext<ListPromptsRequestParams> request, CancellationToken cancellationToken)
    {
        var own = served.Handlers.ListPromptsHandler;
        var result = own is null ? new ListPromptsResult() : await own(request, cancellationToken);
        if (own is not null && request.Params.Cursor is not null)
        {
            return result;
        }

        var itemsMax = own is null ? requests.Options.PageItemsMax : int.MaxValue;
        var (prompts, next) = _pages.Page(
            request.Server.ServerOptions.PromptCollection!, request.Params.Cursor, itemsMax);
        foreach (var prompt in prompts)
        {
            result.Prompts.Add(prompt.ProtocolPrompt);
        }

        result.NextCursor ??= next;
        return result;
    }

    private ValueTask<GetPromptResult> GetAsync(
        RequestContext<GetPromptRequestParams> request, CancellationToken cancellationToken)
    {
        if (request.MatchedPrimitive is McpServerPrompt prompt)
        {
            return prompt.GetAsync(request, cancellationToken);
        }

        return served.Handlers.GetPromptHandler is { } own
            ? own(request, cancellationToken)
            : throw new McpProtocolException(
                $"Unknown prompt: '{ClientText.Clip(request.Params.Name)}'", McpErrorCode.InvalidParams);
    }
}
