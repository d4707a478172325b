namespace Smcp.Engine;

internal sealed partial class PatientCalls
{
    [LoggerMessage(EventIds.CallRepeated, LogLevel.Debug, "{Grain}.{Method} did not run and is sent again: {Reason}")]
    private partial void LogCallRepeated(string grain, string method, string reason);
}
