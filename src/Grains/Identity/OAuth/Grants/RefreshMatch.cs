namespace Smcp.Identity.OAuth.Grants;

/// <summary>Where in its grant's chain a refresh token stands whose tag is good.</summary>
internal enum RefreshMatch
{
    /// <summary>Earlier than the two, or one that only looks like them.</summary>
    Other,

    /// <summary>The one that the current token replaced: by the chain's salt it leads to that.</summary>
    BeforeCurrent,

    Current,
}
