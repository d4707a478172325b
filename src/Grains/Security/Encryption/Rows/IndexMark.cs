namespace Smcp.Security.Encryption.Rows;

/// <summary>What the index says of a row.</summary>
internal enum IndexMark
{
    /// <summary>A state stands there.</summary>
    State = 1,

    /// <summary>A log stands there.</summary>
    Log = 2,

    /// <summary>It was removed.</summary>
    Removed = 3,
}
