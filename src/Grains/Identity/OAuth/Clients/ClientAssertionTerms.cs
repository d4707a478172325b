namespace Smcp.Identity.OAuth.Clients;

/// <summary>What a client's assertion is held against.</summary>
internal sealed record ClientAssertionTerms
{
    public required ClientId Client { get; init; }

    /// <summary>Who we are.</summary>
    public required string Issuer { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>How far clocks may differ.</summary>
    public required TimeSpan Skew { get; init; }

    /// <summary>How long an assertion may live.</summary>
    public required TimeSpan LifetimeMax { get; init; }
}
