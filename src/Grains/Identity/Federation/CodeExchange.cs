namespace Smcp.Identity.Federation;

/// <summary>What a provider's code is exchanged with.</summary>
internal sealed record CodeExchange
{
    public required string Code { get; init; }

    public required string Verifier { get; init; }

    public required string RedirectUri { get; init; }

    public required string ClientId { get; init; }

    /// <summary>Null for a public client.</summary>
    public string? Secret { get; init; }

    /// <summary>Without the secrets.</summary>
    public override string ToString() => nameof(CodeExchange);
}
