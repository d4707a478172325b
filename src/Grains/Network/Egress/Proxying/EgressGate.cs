using System.Net;
using System.Net.Sockets;
using Smcp.Security.Audit;

namespace Smcp.Network.Egress.Proxying;

/// <summary>
/// Decides where one server's process may connect to: by its rules before a name is looked up, by address after
/// (<see cref="EgressGuard"/>). Counts, and records each refusal. Thread-safe.
/// </summary>
internal sealed class EgressGate(
    EgressOwner owner, EgressGuard guard, EgressProxyOptions options, IAuditTrail? audit,
    EgressMeter? meter = null)
{
    private readonly EgressRules _rules = new(owner.Rules);

    private readonly HashSet<EgressPlace> _internal = EgressPlace.AllOf(options.InternalPlaces);

    public EgressTally Tally { get; } = new(meter);

    public EgressProxyOptions Options => options;

    /// <summary>A connection to that place, or why there is none.</summary>
    public async Task<(Stream? Stream, EgressFailure Failure)> ConnectAsync(
        EgressPlace place, CancellationToken cancellationToken)
    {
        if (!Allows(place))
        {
            return (null, EgressFailure.NotAllowed);
        }

        try
        {
            var stream = await guard.ConnectAsync(
                new DnsEndPoint(place.Host, place.Port), owner.MayBeInternal || _internal.Contains(place),
                cancellationToken);
            Tally.Connected();
            return (stream, default);
        }
        catch (EgressRefusedException)
        {
            Refuse(EgressDenial.Internal, place);
            return (null, EgressFailure.NotAllowed);
        }
        catch (Exception exception) when (exception is SocketException or IOException
            || exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return (null, EgressFailure.NotReached);
        }
    }

    /// <summary>Whether the rules name the place; where they do not, that is recorded.</summary>
    public bool Allows(EgressPlace place)
    {
        if (_rules.Allow(place))
        {
            return true;
        }

        Refuse(EgressDenial.NotAllowed, place);
        return false;
    }

    /// <summary>Counts and records a refusal.</summary>
    public void Refuse(string reason, EgressPlace? place = null)
    {
        Tally.Refused(reason);
        audit?.Record(EgressDenial.Of(owner.Tenant, owner.Server, reason, place));
    }

    /// <summary>What its author is told.</summary>
    public static string Sentence(EgressFailure failure, EgressPlace place) => failure == EgressFailure.NotAllowed
        ? $"{place} is not among the places that this server may connect to."
        : $"{place} cannot be reached.";
}
