using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Servers;

namespace Smcp.Security.Secrets;

/// <summary>
/// A tenant's secrets; key: the tenant. They are written, and never read back: only a server that a secret is granted
/// to is given its value.
/// </summary>
[Grain("secrets")]
public interface ISecretsGrain
{
    /// <summary>
    /// Writes a secret, or says which servers it is granted to; durable before it returns.
    /// </summary>
    ValueTask<SecretOutcome> SetAsync(CallContext context, SecretWrite write, CancellationToken cancellationToken);

    /// <summary>
    /// Grants a secret that there is to one more server, or to one less; whether it was granted before is all the same.
    /// </summary>
    ValueTask<SecretOutcome> GrantAsync(
        CallContext context, string name, ServerId server, bool isGranted, CancellationToken cancellationToken);

    /// <summary>Removes a secret. Null, or why not.</summary>
    ValueTask<McpFault?> DeleteAsync(CallContext context, string name, CancellationToken cancellationToken);

    /// <summary>All of the tenant's secrets, in the order of their names; never their values.</summary>
    ValueTask<SecretList> ListAsync(CallContext context, CancellationToken cancellationToken);

    /// <summary>
    /// From a server's runtime: the values of these, of those that are granted to the server. One that is not, and one
    /// that there is not, look alike: they are left out. Each is in the audit log.
    /// </summary>
    [Interleaves]
    ValueTask<IReadOnlyList<OpenedSecret>> OpenAsync(
        ServerId server, IReadOnlyList<string> names, CancellationToken cancellationToken);
}
