using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Smcp.Identity;
using Smcp.Protocol;
using Smcp.Servers;

namespace Smcp.Backup;

/// <summary>One call to the first server, over HTTP, as a client would make it.</summary>
internal static class DrillCall
{
    private static readonly McpRevision Without = McpRevision.V20260728;

    /// <summary>The revision of the call: one without sessions, so that it is a single request.</summary>
    public static string Revision => Without.ToString();

    /// <summary>Null where the server answered; one that asks for a credential has answered too.</summary>
    public static async Task<string?> ProblemAsync(WebApplication app, CancellationToken cancellationToken)
    {
        if (app.Services.GetRequiredService<IServerCatalog>().Servers.FirstOrDefault() is not { } served)
        {
            Console.Out.WriteLine("Started; there is no server to call.");
            return null;
        }

        using var http = new HttpClient();
        using var call = new HttpRequestMessage(
            HttpMethod.Post, $"{app.Urls.First()}/t/{TenantId.Default}/s/{served.Id}/mcp")
        {
            Content = new StringContent(Body(), Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        call.Headers.Add("Accept", "application/json, text/event-stream");
        call.Headers.Add(McpHeaders.ProtocolVersion, Revision);
        call.Headers.Add(McpHeaders.Method, McpMethods.ToolsList);
        using var answer = await http.SendAsync(call, cancellationToken);
        Console.Out.WriteLine($"Served from it: {TenantId.Default}/{served.Id} answered {(int)answer.StatusCode}.");
        return answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            ? null
            : $"The server {served.Id} answered {(int)answer.StatusCode} to {McpMethods.ToolsList}.";
    }

    private static string Body() => $$$$"""
        {"jsonrpc":"2.0","id":1,"method":"{{{{McpMethods.ToolsList}}}}","params":{"_meta":{
        "{{{{McpMetaKeys.ProtocolVersion}}}}":"{{{{Revision}}}}","{{{{McpMetaKeys.ClientCapabilities}}}}":{}
        }}}
        """;
}
