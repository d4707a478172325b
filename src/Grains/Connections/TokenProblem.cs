namespace Smcp.Connections;

/// <summary>Why an authorization server gave no tokens.</summary>
internal enum TokenProblem
{
    None = 0,

    /// <summary>It did not answer, or cannot now: what we hold stays as it is.</summary>
    Unavailable = 1,

    /// <summary>What we showed is over or was taken back (RFC 6749 section 5.2 <c>invalid_grant</c>).</summary>
    GrantOver = 2,

    /// <summary>It does not know us, or not any more.</summary>
    ClientUnknown = 3,

    /// <summary>It does not want to.</summary>
    Refused = 4,
}
