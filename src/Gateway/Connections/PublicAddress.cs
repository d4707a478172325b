namespace Smcp.Connections;

/// <summary>Tells the grains of this process where its pages are.</summary>
internal sealed class PublicAddress(CanonicalUrls urls) : IPublicAddress
{
    /// <inheritdoc/>
    public string Origin => urls.Issuer;
}
