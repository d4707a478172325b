namespace Smcp.Network.Egress.Proxying;

/// <summary>Why a server was not connected to a place.</summary>
internal enum EgressFailure
{
    /// <summary>Its rules do not name the place, or the place is internal.</summary>
    NotAllowed = 0,

    /// <summary>The place does not answer, or its name has no address.</summary>
    NotReached = 1,
}
