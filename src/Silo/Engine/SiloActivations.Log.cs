namespace Smcp.Engine;

internal sealed partial class SiloActivations
{
    [LoggerMessage(EventIds.ActivationBusyAtEnd, LogLevel.Warning, "{Grain} ends while calls of it run on.")]
    private partial void LogBusyAtEnd(string grain);
}
