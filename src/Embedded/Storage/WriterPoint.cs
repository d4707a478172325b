namespace Smcp.Storage;

/// <summary>Where in the life of a batch the writer stands.</summary>
internal enum WriterPoint
{
    /// <summary>Taken from the queue; nothing is changed.</summary>
    Taken,

    /// <summary>Applied within the open transaction; nothing is committed.</summary>
    Applied,

    /// <summary>Committed and durable; nobody is told.</summary>
    Committed,

    /// <summary>Every caller is told.</summary>
    Acknowledged,
}
