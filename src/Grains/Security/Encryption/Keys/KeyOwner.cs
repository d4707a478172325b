namespace Smcp.Security.Encryption.Keys;

/// <summary>Whose data keys a row is encrypted with: a tenant's, or the platform's.</summary>
internal readonly record struct KeyOwner(string? Tenant)
{
    public static KeyOwner Platform => default;

    /// <summary>The owner's own place among all: no tenant's id can be the platform's.</summary>
    public override string ToString() => Tenant is null ? "platform" : $"tenant/{Tenant}";
}
