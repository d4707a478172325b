using Microsoft.AspNetCore.Http;
using Smcp.Mcp.Answers;
using Smcp.Mcp.Dispatch;
using Smcp.Mcp.Messages;
using Smcp.Mcp.Revisions;
using Smcp.Protocol;
using Smcp.Quotas;

namespace Smcp.Mcp;

/// <summary>Stations 4 and 5, by the method of HTTP.</summary>
internal sealed class McpStations(
    McpRequestReader reader,
    RevisionGate gate,
    RequestQuotas quotas,
    McpDispatcher dispatcher,
    GatewayTelemetry telemetry)
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
        if ((exchange.Body.Refusal ?? await AdmitAsync(exchange)) is { } refusal)
        {
            await exchange.RefuseAsync(refusal);
            return;
        }

        using var activity = telemetry.Start(exchange);
        await dispatcher.PostAsync(exchange);
    }

    private async Task GetAsync(McpExchange exchange)
    {
        if ((await gate.AdmitSessionAsync(exchange) ?? McpRequestReader.CheckGet(exchange.Http.Request)
                ?? await quotas.EnterSessionAsync(exchange)) is { } refusal)
        {
            await exchange.RefuseAsync(refusal);
            return;
        }

        await dispatcher.GetAsync(exchange);
    }

    private async Task DeleteAsync(McpExchange exchange)
    {
        if ((await gate.AdmitSessionAsync(exchange) ?? await quotas.EnterSessionAsync(exchange)) is { } refusal)
        {
            await exchange.RefuseAsync(refusal);
            return;
        }

        await dispatcher.DeleteAsync(exchange);
    }

    /// <summary>What a message costs is known once it is read; what it is for, once its revision is.</summary>
    private async ValueTask<McpRefusal?> AdmitAsync(McpExchange exchange)
    {
        if (exchange.Body.Batch is { } batch && await quotas.EnterBatchAsync(exchange, batch.Count) is { } over)
        {
            return over;
        }

        if ((await gate.AdmitAsync(exchange) ?? await quotas.EnterSessionAsync(exchange)) is { } refusal)
        {
            return refusal;
        }

        return exchange.Body.Single is { Kind: JsonRpcKind.Request, Method: McpMethods.SubscriptionsListen }
            ? await quotas.TurnToStreamAsync(exchange)
            : null;
    }

    private static Task OptionsAsync(HttpResponse response)
    {
        response.Headers.Allow = VersionErrors.OtherMethod.Allow;
        response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
