using System.Globalization;
using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Security.Access;
using Smcp.Storage;

namespace Smcp.Servers.Health;

/// <summary>A ring of lines. What a program writes for people may be anything, so it is on no disk of ours.</summary>
internal class ServerLogGrain(
    IActivationContext activation, Authorizer authorizer, IOptions<HealthOptions> options) : IServerLogGrain
{
    /// <summary>What a line takes beside its text, about.</summary>
    private const int LineBytes = 128;

    private readonly ServerKey _key = ServerKey.Parse(activation.Key);
    private readonly Queue<ServerLogLine> _lines = new();
    private long _bytes;

    // Begins with the time, so that an activation after this gives out no number again.
    private long _last = activation.Time.GetUtcNow().ToUnixTimeMilliseconds() * 1_000;

    public ValueTask AppendAsync(IReadOnlyList<ServerLogLine> lines, CancellationToken cancellationToken)
    {
        foreach (var line in lines)
        {
            _lines.Enqueue(line with { Number = ++_last });
            _bytes += BytesOf(line);
        }

        while (_bytes > options.Value.LogBytesKept && _lines.TryDequeue(out var oldest))
        {
            _bytes -= BytesOf(oldest);
        }

        activation.DelayDeactivation(options.Value.LogKept);
        return ValueTask.CompletedTask;
    }

    public ValueTask<ServerLogPage> ReadAsync(
        CallContext context, long? after, long? before, int countMax, CancellationToken cancellationToken)
    {
        if (authorizer.Administer(context, _key.Tenant, writes: false, AdminAreas.Servers) is { } fault)
        {
            return new(new ServerLogPage { Fault = fault });
        }

        var count = Math.Clamp(countMax, 1, KeyPage.ItemsMax);
        var found = _lines.Where(line => (after is null || line.Number > after)
            && (before is null || line.Number < before)).ToList();
        List<ServerLogLine> page = after is null ? [.. found.TakeLast(count)] : [.. found.Take(count)];
        return new(new ServerLogPage
        {
            Lines = page,
            Next = after is not null && page.Count < found.Count
                ? page[^1].Number.ToString(CultureInfo.InvariantCulture)
                : null,
        });
    }

    private static int BytesOf(ServerLogLine line) => LineBytes + line.Text.Length * sizeof(char);
}
