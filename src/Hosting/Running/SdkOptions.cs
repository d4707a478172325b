using System.Collections.Concurrent;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Smcp.Hosting.Classes;

namespace Smcp.Hosting.Running;

/// <summary>
/// An instance's options as the SDK's own session needs them: lists in declared order, completion, subscriptions.
/// </summary>
internal static class SdkOptions
{
    public static McpServerOptions Of(ServerInstance instance, ConcurrentDictionary<string, bool> subscribed)
    {
        var options = instance.Options;
        options.Handlers = Handlers(instance, subscribed);
        options.Filters = Filters(instance.Class);
        options.RequestHandlers = [.. instance.Class.RequestHandlers];

        // The SDK announces what it is given a collection for, and an empty one is nothing to announce.
        options.ToolCollection = NullIfEmpty(options.ToolCollection);
        options.PromptCollection = NullIfEmpty(options.PromptCollection);
        options.ResourceCollection = options.ResourceCollection is { IsEmpty: true }
            ? null
            : options.ResourceCollection;
        return options;
    }

    private static McpServerPrimitiveCollection<T>? NullIfEmpty<T>(McpServerPrimitiveCollection<T>? collection)
        where T : IMcpServerPrimitive =>
        collection is { IsEmpty: true } ? null : collection;

    private static McpServerHandlers Handlers(ServerInstance instance, ConcurrentDictionary<string, bool> subscribed)
    {
        var own = instance.Class.Handlers;
        return new McpServerHandlers
        {
            ListToolsHandler = own.ListToolsHandler,
            CallToolHandler = own.CallToolHandler,
            ListPromptsHandler = own.ListPromptsHandler,
            GetPromptHandler = own.GetPromptHandler,
            ListResourcesHandler = own.ListResourcesHandler,
            ListResourceTemplatesHandler = own.ListResourceTemplatesHandler,
            ReadResourceHandler = own.ReadResourceHandler,
            SetLoggingLevelHandler = own.SetLoggingLevelHandler,
            NotificationHandlers = own.NotificationHandlers,
            CompleteHandler = own.CompleteHandler
                ?? (instance.Class.HasCompletions
                    ? (request, token) => CompleteAsync(instance, request.Params, token)
                    : null),
            SubscribeToResourcesHandler = async (request, token) =>
            {
                subscribed[request.Params.Uri] = true;
                return own.SubscribeToResourcesHandler is { } handler
                    ? await handler(request, token)
                    : new EmptyResult();
            },
            UnsubscribeFromResourcesHandler = async (request, token) =>
            {
                subscribed.TryRemove(request.Params.Uri, out _);
                return own.UnsubscribeFromResourcesHandler is { } handler
                    ? await handler(request, token)
                    : new EmptyResult();
            },
        };
    }

    /// <summary>The SDK lists in the order of a hash table; clients should see the same list each time.</summary>
    private static McpServerFilters Filters(ServerClass served)
    {
        var own = served.Filters.Request;
        return new McpServerFilters
        {
            Request = new McpRequestFilters
            {
                ListToolsFilters = [Sorted(served), .. own.ListToolsFilters],
                CallToolFilters = own.CallToolFilters,
                ListPromptsFilters = own.ListPromptsFilters,
                GetPromptFilters = own.GetPromptFilters,
                ListResourcesFilters = own.ListResourcesFilters,
                ListResourceTemplatesFilters = own.ListResourceTemplatesFilters,
                ReadResourceFilters = own.ReadResourceFilters,
                CompleteFilters = own.CompleteFilters,
                SubscribeToResourcesFilters = own.SubscribeToResourcesFilters,
                UnsubscribeFromResourcesFilters = own.UnsubscribeFromResourcesFilters,
                SetLoggingLevelFilters = own.SetLoggingLevelFilters,
            },
        };
    }

    private static McpRequestFilter<ListToolsRequestParams, ListToolsResult> Sorted(ServerClass served)
    {
        var ranks = served.Tools
            .Select((tool, rank) => (tool.ProtocolTool.Name, Rank: rank))
            .ToDictionary(pair => pair.Name, pair => pair.Rank, StringComparer.Ordinal);
        return next => async (request, cancellationToken) =>
        {
            var result = await next(request, cancellationToken);
            result.Tools = [.. result.Tools
                .OrderBy(tool => ranks.GetValueOrDefault(tool.Name, int.MaxValue))
                .ThenBy(tool => tool.Name, StringComparer.Ordinal)];
            return result;
        };
    }

    private static async ValueTask<CompleteResult> CompleteAsync(
        ServerInstance instance, CompleteRequestParams request, CancellationToken cancellationToken)
    {
        var values = new List<string>();
        foreach (var source in instance.Completions)
        {
            values.AddRange(await source.CompleteAsync(request, cancellationToken));
        }

        return new CompleteResult
        {
            Completion = new Completion { Values = [.. values.Take(100)], Total = values.Count },
        };
    }
}
