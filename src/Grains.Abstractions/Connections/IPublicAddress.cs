namespace Smcp.Connections;

/// <summary>Where people find this installation; known to a process that has a gateway.</summary>
public interface IPublicAddress
{
    /// <summary>The origin of the gateway's pages.</summary>
    string Origin { get; }
}
