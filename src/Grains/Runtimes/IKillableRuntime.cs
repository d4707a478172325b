namespace Smcp.Runtimes;

/// <summary>A runtime whose server can be ended without giving it time.</summary>
internal interface IKillableRuntime : IServerRuntime
{
    /// <summary>Before it is disposed: nothing is waited for any more.</summary>
    void Kill();
}
