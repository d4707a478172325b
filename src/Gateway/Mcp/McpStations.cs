using Microsoft.AspNetCore.Http;
using Smcp.Mcp.Dispatch;
using Smcp.Mcp.Messages;
using Smcp.Mcp.Revisions;

namespace Smcp.Mcp;

/// <summary>Stations 4 and 5, by the method of HTTP.</summary>
internal sealed class McpStations(
    McpRequestReader reader, RevisionGate gate, McpDispatcher dispatcher, GatewayTelemetry telemetry)
{
    public Task RunAsync(McpExchange exchange)
    {
        var method = exchange.Http.Request.Method;
        if (HttpMethods.IsPost(method))
        {
            return PostAsync(exchange);
        }

        if (HttpMethods.IsGet(method))
        {
            return GetAsync(exchange);
        }

        if (HttpMethods.IsDelete(method))
        {
            return DeleteAsync(exchange);
        }

        return HttpMethods.IsOptions(method)
            ? OptionsAsync(exchange.Http.Response)
            : exchange.RefuseAsync(VersionErrors.OtherMethod);
    }

    private async Task PostAsync(McpExchange exchange)
    {
        if (reader.CheckPost(exchange.Http.Request) is { } unfit)
        {
            await exchange.RefuseAsync(unfit);
            return;
        }

        await reader.ReadAsync(exchange);
        if ((exchange.Body.Refusal ?? await gate.AdmitAsync(exchange)) is { } refusal)
        {
            await exchange.RefuseAsync(refusal);
            return;
        }

        using var activity = telemetry.Start(exchange);
        await dispatcher.PostAsync(exchange);
    }

    private async Task GetAsync(McpExchange exchange)
    {
        if ((await gate.AdmitSessionAsync(exchange) ?? McpRequestReader.CheckGet(exchange.Http.Request)) is { } refusal)
        {
            await exchange.RefuseAsync(refusal);
            return;
        }

        await dispatcher.GetAsync(exchange);
    }

    private async Task DeleteAsync(McpExchange exchange)
    {
        if (await gate.AdmitSessionAsync(exchange) is { } refusal)
        {
            await exchange.RefuseAsync(refusal);
            return;
        }

        await dispatcher.DeleteAsync(exchange);
    }

    private static Task OptionsAsync(HttpResponse response)
    {
        response.Headers.Allow = VersionErrors.OtherMethod.Allow;
        response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
