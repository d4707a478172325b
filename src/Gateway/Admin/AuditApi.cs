using System.Globalization;
using Microsoft.AspNetCore.Http;
using Smcp.Admin.Audit;
using Smcp.Identity;
using Smcp.Security.Audit;

namespace Smcp.Admin;

/// <summary>The audit log of a tenant: read, checked and taken away, never changed.</summary>
internal sealed class AuditApi : IAdminResource
{
    private const string All = "/tenants/{tenant}/audit";

    private static readonly string[] Questions =
        ["from", "to", "principal", "action", "outcome", "target", "correlationId", "order"];

    public IEnumerable<AdminRoute> Routes =>
    [
        new("GET", All, "searchAudit", "Records of the audit log, the newest first.", SearchAsync)
        {
            Answer = typeof(Paged<AuditItem>),
            IsPaged = true,
            Query = Questions,
            OutlivesTenant = true,
        },
        new("GET", All + "/verification", "verifyAudit", "Walks the chain of records and says where it is broken.",
            VerifyAsync)
        {
            Answer = typeof(AuditVerification),
            Query = ["after"],
            OutlivesTenant = true,
        },
        new("GET", All + "/export", "exportAudit", "Records, one a line, as JSON or OCSF.", ExportAsync)
        {
            Query = [.. Questions, "format"],
            MediaType = "application/x-ndjson",
            Action = AuditActions.AuditExported,
            Right = AdminRight.ToRead(AdminAreas.Audit),
            IsUrgent = true,
            OutlivesTenant = true,
        },
    ];

    private static async ValueTask<AdminAnswer> SearchAsync(AdminExchange exchange)
    {
        if (QueryOf(exchange) is not { } query)
        {
            return AdminAnswer.Invalid("A time, an outcome or an order of the query is none.");
        }

        var page = await exchange.Of<IAuditGrain>().SearchAsync(exchange.Context, query, exchange.Cancellation);
        return page.Fault is { } fault
            ? AdminAnswer.Refused(fault)
            : AdminAnswer.Ok(new Paged<AuditItem>(
                [.. page.Records.Select(ItemOf)], page.Next?.ToString(CultureInfo.InvariantCulture)));
    }

    private static async ValueTask<AdminAnswer> VerifyAsync(AdminExchange exchange)
    {
        var after = long.TryParse(exchange.After, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var found = await exchange.Of<IAuditGrain>().VerifyAsync(exchange.Context, after, exchange.Cancellation);
        return found.Fault is { } fault ? AdminAnswer.Refused(fault) : AdminAnswer.Ok(found);
    }

    /// <summary>The first page says whether it may be done; the rest follows while the client reads.</summary>
    private static async ValueTask<AdminAnswer> ExportAsync(AdminExchange exchange)
    {
        var isOcsf = exchange.Query("format") == "ocsf";
        if (QueryOf(exchange) is not { } query || exchange.Query("format") is not (null or "jsonl" or "ocsf"))
        {
            return AdminAnswer.Invalid("A time, an outcome, an order or the format of the query is none.");
        }

        var first = await exchange.Of<IAuditGrain>()
            .SearchAsync(exchange.Context, query with { Limit = 1 }, exchange.Cancellation);
        if (first.Fault is { } fault)
        {
            return AdminAnswer.Refused(fault);
        }

        return new AdminAnswer
        {
            MediaType = "application/x-ndjson",
            Stream = (response, cancellationToken) => WriteAsync(exchange, query, isOcsf, response, cancellationToken),
        };
    }

    private static async Task WriteAsync(
        AdminExchange exchange,
        AuditQuery query,
        bool isOcsf,
        HttpResponse response,
        CancellationToken cancellationToken)
    {
        var pages = exchange.Of<IAuditGrain>().ExportAsync(exchange.Context, query, cancellationToken);
        await foreach (var page in pages.WithCancellation(cancellationToken))
        {
            foreach (var record in page.Records)
            {
                if (isOcsf)
                {
                    OcsfLines.Write(response.BodyWriter, record);
                }
                else
                {
                    AuditJsonLines.Write(response.BodyWriter, record);
                }
            }

            await response.BodyWriter.FlushAsync(cancellationToken);
        }
    }

    private static AuditItem ItemOf(AuditRecord record)
    {
        var entry = record.ReadEntry();
        return new AuditItem(record.Sequence, record.Hash, entry.RecordedAt, entry.Event);
    }

    /// <summary>What is asked for; null where a part of it cannot be read.</summary>
    private static AuditQuery? QueryOf(AdminExchange exchange)
    {
        var outcome = AuditOutcome.Success;
        if (!IsTime(exchange.Query("from"), out var from) || !IsTime(exchange.Query("to"), out var to)
            || exchange.Query("order") is not (null or "newest" or "oldest")
            || (exchange.Query("outcome") is { } text
                && (!Enum.TryParse(text, ignoreCase: true, out outcome) || !Enum.IsDefined(outcome)))
            || (exchange.After is { } after && !long.TryParse(after, CultureInfo.InvariantCulture, out _)))
        {
            return null;
        }

        return new AuditQuery
        {
            From = from,
            To = to,
            Principal = exchange.Query("principal"),
            ActionPrefix = exchange.Query("action"),
            Outcome = exchange.Query("outcome") is null ? null : outcome,
            Target = exchange.Query("target"),
            CorrelationId = exchange.Query("correlationId"),
            IsOldestFirst = exchange.Query("order") == "oldest",
            Cursor = exchange.After is { } cursor ? long.Parse(cursor, CultureInfo.InvariantCulture) : null,
            Limit = exchange.Limit,
        };
    }

    private static bool IsTime(string? text, out DateTimeOffset? time)
    {
        time = DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read) ? read : null;
        return text is null || time is not null;
    }
}
