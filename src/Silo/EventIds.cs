namespace Smcp;

/// <summary>The numbers of a cluster node's log events: 6000 to 6099.</summary>
internal static class EventIds
{
    public const int NodeLeaving = 6000;
    public const int GatewayLost = 6001;
    public const int ClusterNotReached = 6002;
    public const int CallRepeated = 6003;
    public const int ActivationBusyAtEnd = 6004;
    public const int GatewayLeft = 6005;
    public const int NodeStopLate = 6006;
}
