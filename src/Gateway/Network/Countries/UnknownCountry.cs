namespace Smcp.Network.Countries;

/// <summary>What becomes of an address whose country is not known.</summary>
internal enum UnknownCountry
{
    /// <summary>It may not call.</summary>
    Refuse,

    /// <summary>It may call.</summary>
    Allow,
}
