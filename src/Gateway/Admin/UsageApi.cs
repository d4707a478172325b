using System.Globalization;
using Microsoft.AspNetCore.Http;
using Smcp.Admin.Usage;
using Smcp.Quotas;
using Smcp.Usage;

namespace Smcp.Admin;

/// <summary>What a tenant used.</summary>
internal sealed class UsageApi : IAdminResource
{
    public IEnumerable<AdminRoute> Routes =>
    [
        new("GET", "/tenants/{tenant}/usage", "readUsage", "Sums over calls, by time and what is asked for.", ReadAsync)
        {
            Answer = typeof(Paged<UsageRow>),
            IsPaged = true,
            Query = ["from", "to", "period", "by", "server"],
            OtherMediaTypes = [UsageFormats.Csv, UsageFormats.JsonLines],
        },
        new("GET", "/tenants/{tenant}/egress", "readEgress", "Bytes answered to clients today.", EgressAsync)
        {
            Answer = typeof(EgressUsage),
        },
        new("GET", "/tenants/{tenant}/cpu", "readCpu", "Processor time of servers today.", CpuAsync)
        {
            Answer = typeof(CpuUsage),
        },
    ];

    /// <summary><c>by</c> is a list of <c>server</c>, <c>tool</c> and <c>principal</c>, with commas.</summary>
    private static async ValueTask<AdminAnswer> ReadAsync(AdminExchange exchange)
    {
        var by = exchange.Query("by")?.Split(',') ?? [];
        var period = default(UsagePeriod);
        if (by.Any(what => what is not ("server" or "tool" or "principal"))
            || !TryTime(exchange.Query("from"), DateTimeOffset.MinValue, out var from)
            || !TryTime(exchange.Query("to"), DateTimeOffset.MaxValue, out var to)
            || (exchange.Query("period") is { } text
                && (!Enum.TryParse(text, ignoreCase: true, out period) || !Enum.IsDefined(period))))
        {
            return AdminAnswer.Invalid("A time, the period or the grouping of the query is none.");
        }

        var query = new UsageQuery
        {
            From = from,
            To = to,
            Period = period,
            ByServer = by.Contains("server"),
            ByTool = by.Contains("tool"),
            ByPrincipal = by.Contains("principal"),
            Server = exchange.Query("server"),
            After = exchange.After,
            RowsMax = exchange.Limit,
        };
        var page = await exchange.Of<IUsageGrain>().QueryAsync(exchange.Context, query, exchange.Cancellation);
        if (page.Fault is { } fault)
        {
            return AdminAnswer.Refused(fault);
        }

        return UsageFormats.Of(exchange.Http.Request) is { } format
            ? new AdminAnswer
            {
                MediaType = format.ContentType,
                Stream = (response, cancellationToken) => WriteAsync(
                    page,
                    after => exchange.Of<IUsageGrain>()
                        .QueryAsync(exchange.Context, query with { After = after }, cancellationToken),
                    format,
                    response,
                    cancellationToken),
            }
            : AdminAnswer.Ok(new Paged<UsageRow>(page.Rows, page.Next));
    }

    /// <summary>The page that is there, and all that follow while the client reads.</summary>
    private static async Task WriteAsync(
        UsagePage page,
        Func<string, ValueTask<UsagePage>> after,
        UsageFormat format,
        HttpResponse response,
        CancellationToken cancellationToken)
    {
        format.Begin(response.BodyWriter);
        while (true)
        {
            foreach (var row in page.Rows)
            {
                format.Write(response.BodyWriter, row);
            }

            await response.BodyWriter.FlushAsync(cancellationToken);
            if (page.Next is not { } next)
            {
                return;
            }

            page = await after(next);
        }
    }

    private static async ValueTask<AdminAnswer> EgressAsync(AdminExchange exchange)
    {
        var usage = await exchange.Of<IEgressGrain>().DescribeAsync(exchange.Context, exchange.Cancellation);
        return usage.Fault is { } fault ? AdminAnswer.Refused(fault) : AdminAnswer.Ok(usage);
    }

    private static async ValueTask<AdminAnswer> CpuAsync(AdminExchange exchange)
    {
        var usage = await exchange.Of<ICpuGrain>().DescribeAsync(exchange.Context, exchange.Cancellation);
        return usage.Fault is { } fault ? AdminAnswer.Refused(fault) : AdminAnswer.Ok(usage);
    }

    private static bool TryTime(string? text, DateTimeOffset absent, out DateTimeOffset time)
    {
        time = absent;
        return text is null || DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }
}
