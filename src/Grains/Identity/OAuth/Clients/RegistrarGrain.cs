using Smcp.Engine;

namespace Smcp.Identity.OAuth.Clients;

/// <summary>Registers clients that ask for it themselves.</summary>
internal class RegistrarGrain(IActivationContext activation) : IRegistrarGrain
{
    public Task<ClientCreation> RegisterAsync(
        ReadOnlyMemory<byte> metadata, string address, CancellationToken cancellationToken) =>
        throw new NotSupportedException(activation.Key);
}
