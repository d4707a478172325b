using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Smcp.Hosting.Classes;
using Smcp.Protocol;

namespace Smcp.Runtimes.CSharp;

/// <summary>
/// The <c>resources/…</c> methods. Who is subscribed to what is the grains' knowledge; an author's handler is told, and
/// no more.
/// </summary>
internal sealed class ResourceHandlers(ServerClass served, RequestFactory requests)
{
    private readonly ListPages<McpServerResource> _pages =
        new(served.Resources, resource => resource.ProtocolResourceTemplate.UriTemplate);

    public static bool IsServed(ServerClass served) =>
        served.Resources.Count > 0
        || served.Handlers.ListResourcesHandler is not null
        || served.Handlers.ListResourceTemplatesHandler is not null
        || served.Handlers.ReadResourceHandler is not null;

    public static void AddTo(Dictionary<string, RequestHandler> handlers, ServerClass served, RequestFactory requests)
    {
        if (!IsServed(served))
        {
            return;
        }

        var resources = new ResourceHandlers(served, requests);
        var filters = served.Filters.Request;
        var own = served.Handlers;
        handlers[McpMethods.ResourcesList] = requests.Typed(
            RequestFactory.Filtered(resources.ListPageAsync, filters.ListResourcesFilters));
        handlers[McpMethods.ResourceTemplatesList] = requests.Typed(
            RequestFactory.Filtered(resources.ListTemplatesAsync, filters.ListResourceTemplatesFilters));
        var read = RequestFactory.Filtered(resources.ReadAsync, filters.ReadResourceFilters);
        handlers[McpMethods.ResourcesRead] = requests.Asking<ReadResourceRequestParams, ReadResourceResult>(
            (request, token) =>
        {
            request.MatchedPrimitive = Match(request.Server.ServerOptions.ResourceCollection!, request.Params.Uri);
            return read(request, token);
        });
        handlers[McpMethods.ResourcesSubscribe] = Legacy(requests.Asking(RequestFactory.Filtered(
            own.SubscribeToResourcesHandler ?? ((_, _) => ValueTask.FromResult(new EmptyResult())),
            filters.SubscribeToResourcesFilters)));
        handlers[McpMethods.ResourcesUnsubscribe] = Legacy(requests.Asking(RequestFactory.Filtered(
            own.UnsubscribeFromResourcesHandler ?? ((_, _) => ValueTask.FromResult(new EmptyResult())),
            filters.UnsubscribeFromResourcesFilters)));
    }

    /// <summary>Removed in 2026-07-28, which subscribes by <c>subscriptions/listen</c>.</summary>
    private static RequestHandler Legacy(RequestHandler handler) => (call, cancellationToken) => call.Peer is null
        ? throw new McpProtocolException(
            $"The method '{ClientText.Clip(call.Method)}' is not available.", McpErrorCode.MethodNotFound)
        : handler(call, cancellationToken);

    private static McpServerResource? Match(McpServerPrimitiveCollection<McpServerResource> resources, string uri) =>
        resources.TryGetPrimitive(uri, out var exact) && !exact.IsTemplated
            ? exact
            : resources.FirstOrDefault(resource => resource.IsMatch(uri));

    private async ValueTask<ListResourcesResult> ListPageAsync(
        RequestContext<ListResourcesRequestParams> request, CancellationToken cancellationToken)
    {
        var own = served.Handlers.ListResourcesHandler;
        var result = own is null ? new ListResourcesResult() : await own(request, cancellationToken);
        if (own is not null && request.Params.Cursor is not null)
        {
            return result;
        }

        var (resources, next) = Page(
            request.Server, resource => !resource.IsTemplated, request.Params.Cursor, own is null);
        foreach (var resource in resources)
        {
            result.Resources.Add(resource.ProtocolResource!);
        }

        result.NextCursor ??= next;
        return result;
    }

    private async ValueTask<ListResourceTemplatesResult> ListTemplatesAsync(
        RequestContext<ListResourceTemplatesRequestParams> request, CancellationToken cancellationToken)
    {
        var own = served.Handlers.ListResourceTemplatesHandler;
        var result = own is null ? new ListResourceTemplatesResult() : await own(request, cancellationToken);
        if (own is not null && request.Params.Cursor is not null)
        {
            return result;
        }

        var (templates, next) = Page(
            request.Server, resource => resource.IsTemplated, request.Params.Cursor, own is null);
        foreach (var template in templates)
        {
            result.ResourceTemplates.Add(template.ProtocolResourceTemplate);
        }

        result.NextCursor ??= next;
        return result;
    }

    private (IReadOnlyList<McpServerResource> Items, string? Next) Page(
        McpServer server, Func<McpServerResource, bool> kind, string? cursor, bool pages) =>
        _pages.Page(
            server.ServerOptions.ResourceCollection!.Where(kind),
            cursor,
            pages ? requests.Options.PageItemsMax : int.MaxValue);

    private ValueTask<ReadResourceResult> ReadAsync(
        RequestContext<ReadResourceRequestParams> request, CancellationToken cancellationToken)
    {
        if (request.MatchedPrimitive is McpServerResource resource)
        {
            return resource.ReadAsync(request, cancellationToken);
        }

        return served.Handlers.ReadResourceHandler is { } own
            ? own(request, cancellationToken)
            : throw Unknown((CallServer)request.Server, request.Params.Uri);
    }

    /// <summary>-32002 until 2026-07-28, which says -32602 (SEP-2164); the URI comes with it.</summary>
    private static McpProtocolException Unknown(CallServer call, string uri)
    {
        var code = call.Revision.UsesSessions ? McpErrorCodes.ResourceNotFound : McpErrorCodes.InvalidParams;
        var said = ClientText.Clip(uri);
        var error = new McpProtocolException($"Unknown resource: '{said}'", (McpErrorCode)code);
        if (said == uri)
        {
            error.Data["uri"] = uri;
        }

        return error;
    }
}
