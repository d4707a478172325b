using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Smcp.Protocol;
using Smcp.Quotas;

namespace Smcp.Network;

/// <summary>What a browser is told about an origin that is allowed (Fetch, "CORS protocol").</summary>
internal static class CorsHeaders
{
    private const string Methods = "GET, POST, DELETE, OPTIONS";

    private static readonly string Exposed = string.Join(
        ", ", McpHeaders.SessionId, HeaderNames.WWWAuthenticate, McpHeaders.ProtocolVersion, CorrelationId.Header,
        HeaderNames.RetryAfter, RateLimitPolicy.StateHeader, RateLimitPolicy.PolicyHeader);

    private static readonly string[] Allowed =
    [
        HeaderNames.Accept, HeaderNames.ContentType, HeaderNames.Authorization, HeaderNames.CacheControl,
        McpHeaders.SessionId, McpHeaders.ProtocolVersion, McpHeaders.Method, McpHeaders.Name,
        McpHeaders.LastEventId, CorrelationId.Header, "traceparent", "tracestate", "baggage",
    ];

    public static bool IsPreflight(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method)
        && request.Headers.ContainsKey(HeaderNames.AccessControlRequestMethod);

    public static void Allow(HttpContext context, string origin)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlExposeHeaders = Exposed;
        headers.Vary = HeaderNames.Origin;
    }

    public static void AnswerPreflight(HttpContext context, TimeSpan maxAge)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowMethods = Methods;
        headers.AccessControlAllowHeaders = string.Join(", ", Allowed.Concat(ParamHeaders(context.Request)));
        headers.AccessControlMaxAge = ((long)maxAge.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>A tool names its own headers, so those asked for are allowed one by one.</summary>
    private static IEnumerable<string> ParamHeaders(HttpRequest request) =>
        request.Headers.AccessControlRequestHeaders
            .SelectMany(line => (line ?? string.Empty).Split(',', StringSplitOptions.TrimEntries))
            .Where(name => name.StartsWith(McpHeaders.ParamPrefix, StringComparison.OrdinalIgnoreCase)
                && !name.AsSpan().ContainsAnyExcept(TokenCharacters));

    private static readonly System.Buffers.SearchValues<char> TokenCharacters =
        System.Buffers.SearchValues.Create(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~");
}
