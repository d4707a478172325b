namespace Smcp.Engine;

/// <summary>The one place that tells what an exception of a grain call means.</summary>
public interface IEngineFailures
{
    EngineFailure Classify(Exception exception);
}
