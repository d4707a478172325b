using Smcp.Wire;

namespace Smcp.Identity.OAuth.Keys;

/// <summary>Where a signing key is in its life; one that is destroyed is not kept at all.</summary>
[Wire("signing-key-status", 1)]
internal enum SigningKeyStatus
{
    /// <summary>Published, so that everybody has it before it signs.</summary>
    Pending = 0,

    /// <summary>Signs.</summary>
    Active = 1,

    /// <summary>Published until the last token that it signed has ended; its private half is gone.</summary>
    Retired = 2,
}
