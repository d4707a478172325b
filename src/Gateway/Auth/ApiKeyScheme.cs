using Smcp.Engine;
using Smcp.Identity;

namespace Smcp.Auth;

/// <summary>API keys: the text says where its record is, and the record says everything else.</summary>
internal sealed class ApiKeyScheme(IGrainLocator grains) : ICredentialScheme
{
    public bool Accepts(string credential) => credential.StartsWith(ApiKeyText.Prefix, StringComparison.Ordinal);

    public ValueTask<CredentialLookup> VerifyAsync(
        string credential, CredentialUse use, CancellationToken cancellationToken) =>
        ApiKeyText.TryParse(credential, out var key)
            ? grains.Locate<IApiKeyGrain>(key.Address.ToString()).VerifyAsync(credential, cancellationToken)
            : new(CredentialLookup.Refused("malformed"));
}
