namespace Smcp.Runtimes.Upstream;

/// <summary>
/// Why a server gave no answer. It decides what may be said of the outcome, and whether to ask again.
/// </summary>
internal enum UpstreamFailure
{
    /// <summary>There is an answer.</summary>
    None = 0,

    /// <summary>The request did not leave: nothing was run.</summary>
    NotSent = 1,

    /// <summary>The server does not know the session any more, and refused the request: nothing was run.</summary>
    SessionLost = 2,

    /// <summary>The conversation broke after the request was sent: whether it took effect is unknown.</summary>
    Lost = 3,

    /// <summary>The answer was larger than is taken: whether the request took effect is unknown.</summary>
    TooLarge = 4,

    /// <summary>What answered does not speak this protocol, or not this era of it: nothing was run.</summary>
    NotUnderstood = 5,

    /// <summary>The server wants a credential that it did not get: nothing was run.</summary>
    Unauthorized = 6,

    /// <summary>The request was cancelled by its caller.</summary>
    Cancelled = 7,

    /// <summary>More requests are in flight than the link takes: nothing was run.</summary>
    Busy = 8,
}
