using Smcp.Identity;

namespace Smcp.Auth;

/// <summary>One kind of bearer credential.</summary>
internal interface ICredentialScheme
{
    /// <summary>Whether the text has the form of this kind; nothing is checked yet.</summary>
    bool Accepts(string credential);

    /// <summary>Whom the credential speaks for, where it may be used for this; else why not.</summary>
    ValueTask<CredentialLookup> VerifyAsync(
        string credential, CredentialUse use, CancellationToken cancellationToken);
}
