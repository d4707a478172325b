using Smcp.Engine;
using Smcp.Mcp;

namespace Smcp.Identity;

/// <summary>A tenant's API keys; key: the tenant. Their administration.</summary>
[Grain("api-keys")]
public interface IApiKeysGrain
{
    /// <summary>Makes a key. Its roles must not permit more than the caller's own.</summary>
    ValueTask<ApiKeyIssued> CreateAsync(
        CallContext context, ApiKeyRequest request, CancellationToken cancellationToken);

    /// <summary>The keys after a cursor, at most so many.</summary>
    ValueTask<ApiKeyPage> ListAsync(
        CallContext context, string? after, int countMax, CancellationToken cancellationToken);

    /// <summary>Gives a key a new text. The one before is taken for the grace time; null: the installation's.</summary>
    ValueTask<ApiKeyIssued> RotateAsync(
        CallContext context, string keyId, TimeSpan? grace, CancellationToken cancellationToken);

    /// <summary>Ends a key, for good. Null, or why not.</summary>
    ValueTask<McpFault?> RevokeAsync(CallContext context, string keyId, CancellationToken cancellationToken);

    /// <summary>
    /// From the host, at its first start: the first key of the installation's operators, for
    /// <see cref="TenantId.Platform"/> only; again while none was ever used. With <paramref name="replaces"/>: another
    /// for who lost it, in the place of the one before, which is not taken any more.
    /// </summary>
    ValueTask<ApiKeyIssued> IssueOperatorKeyAsync(bool replaces, CancellationToken cancellationToken);
}
