using System.Globalization;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Security.Access;
using Smcp.Security.Audit;

namespace Smcp.Servers.Health;

/// <summary>
/// Looks after one server: how it is, whether it is held, and that what may not run any more ends at once. Who may ask,
/// its grain has decided.
/// </summary>
internal sealed partial class ServerWard(
    IActivationContext activation,
    ServerKey key,
    HealthParts parts,
    Func<IReadOnlyList<ServerHold>> read,
    Func<IReadOnlyList<ServerHold>, CancellationToken, ValueTask> writeAsync)
{
    private const int ReasonLengthMax = 200;

    private readonly ServerRoster _roster = parts.RosterOf(activation);
    private readonly HealthOptions _options = parts.Options;
    private ServerHealth? _health;
    private DateTimeOffset _since;

    /// <summary>What callers are told while the server is held; null while it is not.</summary>
    public McpFault? Refuse(bool isForManifest) => ServerHolds.FaultOf(read(), isForManifest);

    public ServerStatus Describe(bool serves)
    {
        var holds = read();
        var instances = _roster.Entries();
        var counts = _roster.Counts();
        var hold = ServerHolds.Foremost(holds);
        var (health, reason) = HealthWords.Of(hold, serves, instances, counts, _roster.LastExit);
        Note(health);
        return new ServerStatus
        {
            Health = health,
            Reason = reason,
            Since = hold?.Since ?? _since,
            Holds = holds,
            Calls = counts.Calls,
            Failures = counts.Failures,
            Exits = counts.Exits,
            WindowSeconds = (long)_options.Window.TotalSeconds,
            InstanceCount = instances.Count,
            Instances =
            [
                .. instances.OrderByDescending(entry => entry.Report.State)
                    .ThenByDescending(entry => entry.Report.StartedAt)
                    .Take(_options.InstancesShownMax)
                    .Select(entry => entry.Describe()),
            ],
        };
    }

    /// <summary>An instance says how it is: null, or why it must end.</summary>
    public async ValueTask<McpFault?> AttendAsync(
        InstanceReport report, McpFault? over, CancellationToken cancellationToken)
    {
        _roster.Take(report);
        if (report.Harms > 0 && _options.QuarantineExits > 0 && _roster.ExitsCharged >= _options.QuarantineExits
            && read().All(hold => hold.Kind != HoldKind.Quarantined))
        {
            await QuarantineAsync(cancellationToken);
        }

        return Refuse(isForManifest: false) ?? over;
    }

    /// <summary>Holds the server; durable before its instances are ended, and those before it returns.</summary>
    public async ValueTask<McpFault?> StopAsync(
        CallContext context, ServerStop stop, CancellationToken cancellationToken)
    {
        if (stop.Reason is { } reason && (reason.Length > ReasonLengthMax || reason.Any(char.IsControl)))
        {
            return new McpFault(
                FaultReason.InvalidParams, $"/reason: at most {ReasonLengthMax} characters in one line.");
        }

        var isOperator = AccessRules.IsOperator(context, AdminAreas.Servers);
        await HoldAsync(
            new ServerHold
            {
                Kind = isOperator ? HoldKind.StoppedByOperator : HoldKind.Stopped,
                Reason = string.IsNullOrWhiteSpace(stop.Reason) ? null : stop.Reason.Trim(),
                Since = activation.Time.GetUtcNow(),
                By = context.Principal,
            },
            cancellationToken);
        await EndAsync(static _ => true, Refuse(isForManifest: false)!);
        return null;
    }

    /// <summary>Lifts what holds the server. Null, or why the caller may not.</summary>
    public async ValueTask<McpFault?> StartAsync(CallContext context, CancellationToken cancellationToken)
    {
        var holds = read();
        var isOperator = AccessRules.IsOperator(context, AdminAreas.Servers);
        if (!isOperator && holds.Any(hold => hold.Kind == HoldKind.StoppedByOperator))
        {
            return new McpFault(FaultReason.Conflict, "An operator stopped the server; only an operator starts it.");
        }

        if (holds.Count > 0)
        {
            await writeAsync(ServerHolds.Lift(holds, isOperator), cancellationToken);
            _roster.Forgive();
        }

        return null;
    }

    /// <summary>Ends instances at once, their processes and sessions with them.</summary>
    public Task EndAsync(Func<InstanceKey, bool> which, McpFault why) => _roster.EndAsync(which, why);

    private async ValueTask QuarantineAsync(CancellationToken cancellationToken)
    {
        var exits = _roster.Exits;
        var reason = string.Create(
            CultureInfo.InvariantCulture,
            $"its processes ended unexpectedly {exits} times within {_options.Window.TotalMinutes:0.#} minutes. "
            + $"The last one: {_roster.LastExit?.Text}").TrimEnd();
        await HoldAsync(
            new ServerHold
            {
                Kind = HoldKind.Quarantined,
                Reason = reason,
                Since = activation.Time.GetUtcNow(),
            },
            cancellationToken);
        LogQuarantined(parts.Logger, key.Tenant, key.Server, exits);

        // Whoever reported it waits for the answer, and is one of those that end.
        _ = EndAsync(static _ => true, Refuse(isForManifest: false)!);
        var held = new AuditEvent
        {
            Tenant = key.Tenant,
            Action = AuditActions.ServerQuarantined,
            Outcome = AuditOutcome.Success,
            Target = $"tenants/{key.Tenant}/servers/{key.Server}",
            Reason = _roster.LastExit?.Reason.ToString(),
        };
        await parts.Trail.RecordNowAsync(held, cancellationToken);
    }

    private async ValueTask HoldAsync(ServerHold hold, CancellationToken cancellationToken)
    {
        var holds = read();
        if (ServerHolds.With(holds, hold) is { } with && with.Count != holds.Count)
        {
            await writeAsync(with, cancellationToken);
        }
    }

    private void Note(ServerHealth health)
    {
        if (_health != health)
        {
            _health = health;
            _since = activation.Time.GetUtcNow();
        }
    }
}
