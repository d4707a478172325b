using System.Net;

namespace Smcp.Network.Addresses;

/// <summary>
/// Which addresses may call: the gateway's own rules, and those of a tenant. What is denied is denied whatever allows
/// it; where nothing is allowed by name, everything else is.
/// </summary>
internal sealed class AddressRules
{
    /// <summary>Lets everybody in.</summary>
    public static readonly AddressRules None = new(new AddressSet([]), new AddressSet([]));

    private readonly AddressSet _allowed;
    private readonly AddressSet _denied;

    private AddressRules(AddressSet allowed, AddressSet denied)
    {
        _allowed = allowed;
        _denied = denied;
    }

    /// <summary>Whether there is anything to ask.</summary>
    public bool IsEmpty => _allowed.IsEmpty && _denied.IsEmpty;

    /// <summary>
    /// Reads two lists of addresses and networks (CIDR, IPv4 or IPv6), once. Each bad entry adds a sentence to
    /// <paramref name="problems"/>; rules with a problem must not be used.
    /// </summary>
    public static AddressRules Parse(
        IReadOnlyCollection<string> allowed, IReadOnlyCollection<string> denied, ICollection<string> problems) =>
        allowed.Count == 0 && denied.Count == 0
            ? None
            : new AddressRules(AddressSet.Parse(allowed, problems), AddressSet.Parse(denied, problems));

    public bool Allows(IPAddress address) =>
        !_denied.Contains(address) && (_allowed.IsEmpty || _allowed.Contains(address));
}
