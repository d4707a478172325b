using Microsoft.Extensions.Options;
using Smcp.Identity;

namespace Smcp.Connections;

/// <summary>What every connection works with.</summary>
internal sealed class ConnectionTools(
    OAuthDiscovery discovery,
    TokenEndpoint tokens,
    SecretDigester digester,
    ConnectionAudit audit,
    IOptions<ConnectionOptions> options,
    TimeProvider time)
{
    public OAuthDiscovery Discovery => discovery;

    public TokenEndpoint Tokens => tokens;

    public SecretDigester Digester => digester;

    public ConnectionAudit Audit => audit;

    public IOptions<ConnectionOptions> Options => options;

    /// <summary>The bound of all requests of one step together.</summary>
    public CancellationTokenSource Step() => new(options.Value.StepTimeout, time);
}
