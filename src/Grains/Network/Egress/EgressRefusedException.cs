namespace Smcp.Network.Egress;

/// <summary>A request was to go to an address that it may not reach; no packet was sent there.</summary>
internal sealed class EgressRefusedException(string host)
    : IOException($"{host} is not, or not only, at public addresses.");
