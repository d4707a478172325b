using Smcp.Identity;
using Smcp.Mcp;

namespace Smcp;

/// <summary>A key is valid while its address stands among the valid ones.</summary>
internal sealed class FakeApiKey(string key, FakeGrains grains) : IApiKeyGrain
{
    public ValueTask<CredentialLookup> VerifyAsync(string presented, CancellationToken cancellationToken)
    {
        grains.Verified++;
        return new(grains.Keys.TryGetValue(key, out var caller)
            ? CredentialLookup.Of(caller)
            : CredentialLookup.Refused("unknown"));
    }

    public ValueTask<ApiKeyIssued> CreateAsync(ApiKeyRequest request, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<ApiKeyInfo?> DescribeAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<ApiKeyIssued> RotateAsync(TimeSpan? grace, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<McpFault?> RevokeAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask ForgetAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
}
