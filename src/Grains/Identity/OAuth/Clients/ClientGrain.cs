using Smcp.Engine;

namespace Smcp.Identity.OAuth.Clients;

/// <summary>Keeps one client.</summary>
internal class ClientGrain(IActivationContext activation) : IClientGrain
{
    public Task<ClientLookup> DescribeAsync(ClientId client, CancellationToken cancellationToken) =>
        Task.FromResult(ClientLookup.Refused("The client is not known."));

    public ValueTask<bool> VerifySecretAsync(string secret, CancellationToken cancellationToken) =>
        ValueTask.FromResult(false);

    public Task<ClientCreation> CreateAsync(OAuthClient client, CancellationToken cancellationToken) =>
        throw new NotSupportedException(activation.Key);

    public Task UseAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> DeleteAsync(CallContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
