using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Smcp.Protocol;

namespace Smcp.Remote;

/// <summary>
/// Stands before a server and lets one era in only, as a server that knows the other would not be answered; and
/// remembers what it was shown.
/// </summary>
internal sealed class EraFilter(string? era) : IStartupFilter
{
    public ConcurrentQueue<IReadOnlyDictionary<string, string>> Seen { get; } = [];

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (HttpContext context, RequestDelegate further) =>
        {
            Seen.Enqueue(context.Request.Headers.ToDictionary(
                header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));
            var modern = context.Request.Headers[McpHeaders.ProtocolVersion] == McpRevision.V20260728.Value;
            if ((era == "legacy" && modern) || (era == "modern" && !modern))
            {
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                return;
            }

            await further(context);
        });
        next(app);
    };
}
