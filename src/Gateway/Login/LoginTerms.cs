using Smcp.Identity;
using Smcp.Pages;

namespace Smcp.Login;

/// <summary>What a log-in is for.</summary>
internal sealed record LoginTerms
{
    /// <summary>Where the form is sent.</summary>
    public required string Action { get; init; }

    /// <summary>What its token is bound to.</summary>
    public required string Purpose { get; init; }

    /// <summary>The tenant, where it is known already.</summary>
    public TenantId? Tenant { get; init; }

    /// <summary>Why to log in; empty for no reason.</summary>
    public Html Reason { get; init; }

    /// <summary>The name of the authorization request that it is for; empty without one. It is sent along.</summary>
    public string Request { get; init; } = string.Empty;
}
