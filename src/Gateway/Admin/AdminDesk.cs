using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;

namespace Smcp.Admin;

/// <summary>
/// Takes a request of a known caller for a known route through its right, its tenant, its body, its version, its
/// replay and the record.
/// </summary>
internal sealed class AdminDesk(
    AdminGate gate,
    AdminRequestReader reader,
    AdminReplays replays,
    AdminAudit audit,
    AdminWriter writer,
    AdminFailures failures,
    IGrainLocator grains,
    IOptions<AdminOptions> options)
{
    /// <summary>Null when it was answered.</summary>
    public async ValueTask<AdminProblem?> ServeAsync(
        HttpContext http, AdminRoute route, IReadOnlyDictionary<string, string> values, CallContext context)
    {
        var exchange = new AdminExchange(http, route, values, context, grains, options.Value);
        if (values.TryGetValue("tenant", out var text))
        {
            if (!TenantId.TryParse(text, null, out var tenant))
            {
                return AdminProblem.NoRoute;
            }

            exchange.Tenant = tenant;
        }

        if (await gate.CheckAsync(exchange) is { } refusal)
        {
            return refusal;
        }

        try
        {
            var (body, unread) = await ReadAsync(exchange);
            return unread ?? await OnceAsync(exchange, body);
        }
        finally
        {
            await (exchange.Archive?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    /// <summary>Gives the exchange what came with it; the bytes of the body, or of an archive their hash.</summary>
    private async ValueTask<(byte[] Body, AdminProblem? Problem)> ReadAsync(AdminExchange exchange)
    {
        var request = exchange.Http.Request;
        byte[] body;
        AdminProblem? unread;
        if (exchange.Route.TakesArchive && AdminArchives.Is(request))
        {
            (exchange.Archive, body, unread) = await reader.Archives.TakeAsync(request);
        }
        else
        {
            (body, unread) = await reader.ReadAsync(request, exchange.Route);
            if (unread is null)
            {
                (exchange.Body, unread) = AdminRequestReader.Parse(body, exchange.Route);
            }
        }

        if (unread is null)
        {
            (exchange.Expected, unread) = AdminRequestReader.Precondition(request, exchange.Route);
        }

        return (body, unread);
    }

    private async ValueTask<AdminProblem?> OnceAsync(AdminExchange exchange, byte[] body)
    {
        var (key, odd) = AdminReplays.KeyOf(exchange.Http.Request);
        if (odd is not null)
        {
            return odd;
        }

        if (key is not null)
        {
            var replay = await AdminReplays.BeginAsync(exchange, key, body);
            if (replay.Answer is { } before)
            {
                await AdminWriter.WriteAsync(exchange.Http, before);
                return null;
            }

            if (replay.Fault is { } fault)
            {
                var problem = AdminProblem.Of(fault, namedVersion: false);
                return fault.Reason == FaultReason.InvalidParams
                    ? problem with { Status = StatusCodes.Status422UnprocessableEntity, Kind = "other-request" }
                    : problem;
            }
        }

        var (answer, refused) = await DoAsync(exchange);
        if (key is not null)
        {
            await replays.EndAsync(exchange, key, answer, refused);
        }

        if (refused is null)
        {
            await writer.WriteAsync(exchange.Http, answer);
        }

        return refused;
    }

    /// <summary>What cannot be recorded is not done.</summary>
    private async ValueTask<(AdminAnswer Answer, AdminProblem? Problem)> DoAsync(AdminExchange exchange)
    {
        if (await audit.BeginAsync(exchange) is { } notBegun)
        {
            return (AdminAnswer.NotFound, notBegun);
        }

        try
        {
            var answer = await exchange.Route.Handle(exchange);
            await audit.EndAsync(exchange, answer.Fault, answer.Location);
            return (answer, answer.Fault is { } fault
                ? AdminProblem.Of(fault, exchange.Http.Request.Headers.IfMatch.Count > 0)
                : null);
        }
        catch (Exception exception) when (exchange.Route.Action is not null)
        {
            var problem = failures.ProblemOf(exchange.Http, exception);
            await audit.EndAsync(exchange, new McpFault(FaultReason.Internal, problem.Kind));
            return (AdminAnswer.NotFound, problem);
        }
    }
}
