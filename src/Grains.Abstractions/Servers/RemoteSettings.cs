using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>Where a server elsewhere is reached (<see cref="RuntimeKind.Remote"/>).</summary>
[Wire("remote-settings", 2)]
public sealed record RemoteSettings
{
    /// <summary>Its MCP endpoint: an absolute http or https URL.</summary>
    public required string Url { get; init; }

    /// <summary>
    /// Headers that each request carries: by name, their texts, in which <c>${NAME}</c> stands for the tenant's secret
    /// of that name.
    /// </summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Headers that each request carries: by name, the name of the tenant's secret that is its value.
    /// </summary>
    public IReadOnlyDictionary<string, string> SecretHeaders { get; init; } = new Dictionary<string, string>();

    /// <summary>How we get access tokens for it; null where it asks for none.</summary>
    public RemoteAuth? Auth { get; init; }
}
