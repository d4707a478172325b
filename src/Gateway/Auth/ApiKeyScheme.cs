using Smcp.Engine;
using Smcp.Identity;
using Smcp.Tenants;

namespace Smcp.Auth;

/// <summary>API keys: the text says where its record is, and the record says everything else.</summary>
internal sealed class ApiKeyScheme(IGrainLocator grains, KnownTenants tenants) : ICredentialScheme
{
    public bool Accepts(string credential) => credential.StartsWith(ApiKeyText.Prefix, StringComparison.Ordinal);

    public async ValueTask<CredentialLookup> VerifyAsync(
        string credential, CredentialUse use, CancellationToken cancellationToken)
    {
        if (!ApiKeyText.TryParse(credential, out var key))
        {
            return CredentialLookup.Refused("malformed");
        }

        // Of a tenant that is gone no record can be read.
        return (await tenants.AskAsync(key.Address.Tenant, cancellationToken)).Status.IsThere()
            ? await grains.Locate<IApiKeyGrain>(key.Address.ToString()).VerifyAsync(credential, cancellationToken)
            : CredentialLookup.Refused("unknown");
    }
}
