namespace Smcp.OAuth.AccessTokens;

/// <summary>Why an access token is refused; for audit, the caller hears only that it is not valid.</summary>
internal enum AccessTokenProblem
{
    /// <summary>It is no access token of ours, by its form.</summary>
    Malformed = 0,

    /// <summary>No key in force signed it.</summary>
    Signature = 1,

    Issuer = 2,

    /// <summary>It is for another resource.</summary>
    Audience = 3,

    /// <summary>It is for another tenant.</summary>
    Tenant = 4,

    Expired = 5,

    /// <summary>It begins later, or says that it was issued in the future.</summary>
    NotYet = 6,
}
