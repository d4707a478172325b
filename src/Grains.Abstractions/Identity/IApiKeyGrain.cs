using Smcp.Engine;
using Smcp.Mcp;

namespace Smcp.Identity;

/// <summary>One API key; key: <see cref="ApiKeyAddress"/>. It keeps a keyed hash, never the key.</summary>
[Grain("api-key")]
public interface IApiKeyGrain
{
    /// <summary>
    /// From a gateway, before it knows who calls: whom the key speaks for. An id that names no key is refused in the
    /// same words, and takes as long.
    /// </summary>
    [Interleaves]
    ValueTask<CredentialLookup> VerifyAsync(string presented, CancellationToken cancellationToken);

    /// <summary>From the tenant's keys: makes the record. The text is returned once.</summary>
    ValueTask<ApiKeyIssued> CreateAsync(ApiKeyRequest request, CancellationToken cancellationToken);

    /// <summary>From the tenant's keys: what may be known of it; null where there is none.</summary>
    ValueTask<ApiKeyInfo?> DescribeAsync(CancellationToken cancellationToken);

    /// <summary>From the tenant's keys: a new text; the one before is taken for the grace time.</summary>
    ValueTask<ApiKeyIssued> RotateAsync(TimeSpan? grace, CancellationToken cancellationToken);

    /// <summary>From the tenant's keys: it is not taken any more. Null, or why not.</summary>
    ValueTask<McpFault?> RevokeAsync(CancellationToken cancellationToken);

    /// <summary>From the tenant's keys: nothing is kept of it any more. One that is in force stays.</summary>
    ValueTask ForgetAsync(CancellationToken cancellationToken);
}
