using Smcp.Engine;

namespace Smcp.Identity.OAuth;

/// <summary>Registers clients that ask for it themselves (RFC 7591), within limits; key: <see cref="Key"/>.</summary>
[Grain("oauth-registrar")]
public interface IRegistrarGrain
{
    /// <summary>There is one for the installation.</summary>
    const string Key = "platform";

    /// <summary>From a gateway: registers the client of this metadata, as the JSON it sent, from its address.</summary>
    Task<ClientCreation> RegisterAsync(
        ReadOnlyMemory<byte> metadata, string address, CancellationToken cancellationToken);
}
