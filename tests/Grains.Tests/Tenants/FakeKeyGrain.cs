using System.Collections.Concurrent;
using Smcp.Identity;

namespace Smcp.Tenants;

/// <summary>What was asked of the encryption.</summary>
internal sealed class FakeKeyGrain
{
    public ConcurrentQueue<TenantId> Destroyed { get; } = new();

    public ConcurrentQueue<TenantId> Provisioned { get; } = new();
}
