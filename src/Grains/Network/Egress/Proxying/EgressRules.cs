using System.Net;

namespace Smcp.Network.Egress.Proxying;

/// <summary>
/// Where a server may connect to: places, and all names below one (<c>*.example.org:443</c>). Nothing else, and no
/// address: what is written as one is refused however it is spelled.
/// </summary>
internal sealed class EgressRules
{
    private const string Below = "*.";

    private readonly HashSet<EgressPlace> _places = [];
    private readonly HashSet<EgressPlace> _parents = [];

    /// <param name="rules">As in <c>ServerSettings.Egress</c>; one that cannot be read allows nothing.</param>
    public EgressRules(IEnumerable<string> rules)
    {
        foreach (var rule in rules)
        {
            var isBelow = rule.StartsWith(Below, StringComparison.Ordinal);
            if (EgressPlace.Parse(isBelow ? rule[Below.Length..] : rule) is { } place)
            {
                (isBelow ? _parents : _places).Add(place);
            }
        }
    }

    public bool Allow(EgressPlace place)
    {
        if (IPAddress.TryParse(place.Host, out _))
        {
            return false;
        }

        if (_places.Contains(place))
        {
            return true;
        }

        for (var dot = place.Host.IndexOf('.', StringComparison.Ordinal); dot > 0;
            dot = place.Host.IndexOf('.', dot + 1))
        {
            if (_parents.Contains(place with { Host = place.Host[(dot + 1)..] }))
            {
                return true;
            }
        }

        return false;
    }
}
